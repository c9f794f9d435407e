//! Pictures as PNG, text drawn from a font that the program brings along.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::sync::{Arc, OnceLock};

/// Pixels of the PNG to one of the picture.
const SCALE: f32 = 2.0;

/// Draws a picture at twice its size; the bytes are the same on every machine.
///
/// # Errors
/// Why it cannot be drawn.
pub fn png(svg: &str) -> Result<Vec<u8>, String> {
    let options = Options {
        font_family: FAMILY.to_owned(),
        fontdb: fonts(),
        ..Options::default()
    };
    let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
    let size = tree
        .size()
        .to_int_size()
        .scale_by(SCALE)
        .ok_or("the picture has no size")?;
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("the picture has no size")?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    encoded(&pixels).map_err(|error| error.to_string())
}

/// The picture without what shines through it, which is nothing on white; packed quickly, since many are made at once.
fn encoded(pixels: &Pixmap) -> Result<Vec<u8>, ::png::EncodingError> {
    let colors = pixels.pixels().iter();
    let colors: Vec<u8> = colors
        .flat_map(|pixel| [pixel.red(), pixel.green(), pixel.blue()])
        .collect();
    let mut out = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(::png::ColorType::Rgb);
    encoder.set_compression(::png::Compression::Fast);
    encoder.write_header()?.write_image_data(&colors)?;
    Ok(out)
}

/// The font: it has Latin, Greek and Cyrillic letters.
const FAMILY: &str = "DejaVu Sans";

fn fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        fonts.load_font_data(dejavu::sans::regular().to_vec());
        fonts.load_font_data(dejavu::sans::bold().to_vec());
        fonts.set_sans_serif_family(FAMILY);
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}
