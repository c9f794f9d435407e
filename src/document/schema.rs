//! JSON Schemas of trees and overlays, generated from the vocabulary that the reader uses.

use super::vocabulary::{Field, KINDS, OVERLAY, Shape, TREE, Table};
use serde_json::{Map, Value, json};

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";
const DURATION: &str = "^(?: *[0-9.]+ *(?:ms|s|sec|seconds?|m|min|minutes?|h|hours?|d|days?))+ *$";
/// Part of what a name must not hold; the reader says the rest with the better name.
const NAME: &str = "^[^A-Z_\\s]+$";

/// The schema of a phone tree.
#[must_use]
pub fn tree() -> Value {
    let mut definitions = Definitions::default();
    let mut schema = definitions.object(&TREE);
    let kinds: Vec<Value> = KINDS.iter().map(|kind| definitions.kind(kind)).collect();
    let names: Vec<&str> = KINDS.iter().map(|kind| kind.kind).collect();
    let step = json!({
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": names, "description": "what the step does"}},
        "allOf": kinds,
    });
    definitions.add("step", step);
    if let Some(fields) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        let steps = json!({
            "type": "object",
            "minProperties": 1,
            "propertyNames": {"pattern": NAME},
            "additionalProperties": {"$ref": "#/$defs/step"},
            "description": "the steps by name",
        });
        fields.insert("steps".to_owned(), steps);
    }
    finish(schema, definitions, "tree", "A phone tree")
}

/// The schema of an overlay: what a foreign file cannot say, by its own ids; every field may be left out.
#[must_use]
pub fn overlay() -> Value {
    let mut definitions = Definitions::default();
    let schema = definitions.object(&OVERLAY);
    finish(
        schema,
        definitions,
        "overlay",
        "What a foreign phone tree does not say itself",
    )
}

fn finish(mut schema: Map<String, Value>, definitions: Definitions, name: &str, title: &str) -> Value {
    schema.insert("$schema".to_owned(), json!(DIALECT));
    schema.insert("$id".to_owned(), json!(format!("urn:presszero:schema:{name}-1")));
    schema.insert("title".to_owned(), json!(title));
    schema.insert("$defs".to_owned(), Value::Object(definitions.map));
    Value::Object(schema)
}

/// Mappings that are described once and referred to.
#[derive(Default)]
struct Definitions {
    map: Map<String, Value>,
}

impl Definitions {
    fn add(&mut self, name: &str, schema: Value) {
        self.map.insert(name.to_owned(), schema);
    }

    /// One kind of step: what holds if `kind` is this.
    fn kind(&mut self, table: &'static Table) -> Value {
        let mut schema = self.object(table);
        if let Some(kind) = schema.get_mut("properties").and_then(|fields| fields.get_mut("kind")) {
            *kind = json!({"const": table.kind, "description": table.title});
        }
        if table.kind == "menu" {
            // A menu without keys has options that are said.
            schema.remove("required");
            schema.insert(
                "anyOf".to_owned(),
                json!([{"required": ["kind", "keys"]}, {"required": ["kind", "says"]}]),
            );
        }
        self.add(table.kind, Value::Object(schema));
        json!({
            "if": {"properties": {"kind": {"const": table.kind}}},
            "then": {"$ref": format!("#/$defs/{}", table.kind)},
        })
    }

    fn object(&mut self, table: &'static Table) -> Map<String, Value> {
        let mut fields = Map::new();
        for field in table.all() {
            let schema = self.field(field);
            fields.insert(field.name.to_owned(), schema);
        }
        let needed: Vec<&str> = table
            .all()
            .filter(|field| field.needed)
            .map(|field| field.name)
            .collect();
        let mut schema = Map::new();
        schema.insert("type".to_owned(), json!("object"));
        schema.insert("properties".to_owned(), Value::Object(fields));
        schema.insert("additionalProperties".to_owned(), json!(false));
        if !needed.is_empty() {
            schema.insert("required".to_owned(), json!(needed));
        }
        schema
    }

    fn field(&mut self, field: &'static Field) -> Value {
        let mut schema = self.shape(&field.shape);
        if let Some(schema) = schema.as_object_mut() {
            schema.insert("description".to_owned(), json!(field.help));
        }
        schema
    }

    /// The schema of a form; the tables refer to one another only inwards, so that this ends.
    fn shape(&mut self, shape: &'static Shape) -> Value {
        match shape {
            Shape::Text => json!({"type": ["string", "number", "boolean"]}),
            Shape::Step | Shape::Name => json!({"type": ["string", "integer"]}),
            Shape::Duration => json!({"type": "string", "pattern": DURATION}),
            Shape::Seconds => json!({"anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": DURATION},
            ]}),
            Shape::Within => json!({"anyOf": [
                {"type": "string", "pattern": DURATION},
                {"type": "string", "pattern": "^[0-9]+ business days?$"},
            ]}),
            Shape::Share => json!({"anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": "^[0-9.]+ *%$"},
            ]}),
            Shape::Date => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
            Shape::Rate => json!({"type": "string", "pattern": "^[0-9.]+ per +(?:hour|half hour|minute|day)$"}),
            Shape::Flag => json!({"type": "boolean"}),
            Shape::Whole(min, max) => json!({"type": "integer", "minimum": min, "maximum": max}),
            Shape::Number => json!({"type": "number", "minimum": 0}),
            Shape::Digits => json!({"anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 100},
                {"type": "string", "pattern": "^[0-9]+ *(?:- *[0-9]+)?$"},
            ]}),
            Shape::Word(words) => json!({"enum": words}),
            Shape::Table(table) => self.refer(table),
            Shape::List(item) => {
                let item = self.shape(item);
                json!({"anyOf": [item, {"type": "array", "items": item}]})
            }
            Shape::Names(value) => json!({"type": "object", "additionalProperties": self.shape(value)}),
            Shape::Keys(value) => json!({
                "type": "object",
                "propertyNames": {"pattern": "^[0-9*#XZN]{1,31}\\.?$"},
                "additionalProperties": self.shape(value),
            }),
            Shape::Either(shapes) => {
                let shapes: Vec<Value> = shapes.iter().map(|shape| self.shape(shape)).collect();
                json!({"anyOf": shapes})
            }
        }
    }

    fn refer(&mut self, table: &'static Table) -> Value {
        let title = table.title.trim_matches('`');
        let title = title
            .strip_prefix("a ")
            .or_else(|| title.strip_prefix("an "))
            .unwrap_or(title);
        let name = title.replace(' ', "-");
        if !self.map.contains_key(&name) {
            // Kept first, so that a table that holds itself would not be gone into again.
            self.add(&name, json!({}));
            let schema = self.object(table);
            self.add(&name, Value::Object(schema));
        }
        json!({"$ref": format!("#/$defs/{name}")})
    }
}
