//! The wording of menus in Spanish.

use super::english::ABROAD;
use super::lexicon::{Class, Language};
use std::sync::OnceLock;

pub(super) static SPANISH: Language = Language {
    codes: &["es"],
    words: &[
        (
            Class::Press,
            "pulse pulsa pulsar oprima oprime oprimir presione presiona presionar digite digita digitar ingrese \
             introduzca teclee apriete",
        ),
        (Class::Dial, "marque marca marcar"),
        (Class::Choose, "seleccione selecciona elija elige escoja toque"),
        (Class::Option, "opción tecla"),
        (Class::Say, "diga di"),
        (Class::Digit(0), "cero"),
        (Class::Digit(1), "uno"),
        (Class::Digit(2), "dos"),
        (Class::Digit(3), "tres"),
        (Class::Digit(4), "cuatro"),
        (Class::Digit(5), "cinco"),
        (Class::Digit(6), "seis"),
        (Class::Digit(7), "siete"),
        (Class::Digit(8), "ocho"),
        (Class::Digit(9), "nueve"),
        (Class::Digit(10), "diez"),
        (Class::Digit(11), "once"),
        (Class::Digit(12), "doce"),
        (Class::Star, "asterisco estrella"),
        (Class::Hash, "numeral almohadilla gato michi cuadrado"),
        (Class::Key, "número botón signo dígito"),
        (Class::The, "el la los en de del al una un"),
        (Class::Lead, "favor usted puede también simplemente"),
        (Class::Opener, "para si por"),
        (Class::Or, "o u ó"),
        (Class::And, "y e"),
        (Class::Then, "luego después seguido seguida entonces"),
        (
            Class::Unit,
            "dígitos números cifras caracteres letras hora horas minuto minutos segundo segundos día días semana \
             semanas mes meses año años vez veces pesos euros dólares opciones teclas",
        ),
        (Class::Range, "a hasta"),
        (Class::Not, "no sin nunca"),
        (Class::Past, "seleccionado elegido marcado seleccionó eligió marcó"),
        (Class::Be, "es está son"),
        (Class::Done, "termine terminar terminado finalizar finalice"),
        (Class::Else, "espere permanezca aguarde manténgase contrario"),
        (
            Class::Deny,
            "su sus tu tus cualquier alguna algún que lo le les nos me este esta",
        ),
        (Class::Now, "ahora nuevamente"),
        (Class::Example, "ejemplo favor"),
    ],
    guests: &ABROAD,
    persons: "agente agentes representante representantes operador operadora operadores asesor asesora asesores \
              persona alguien humano ejecutivo ejecutiva especialista teleoperador recepcionista gestor gestora \
              consultor consultora",
    elides: false,
    verb_last: false,
    lexicon: OnceLock::new(),
};
