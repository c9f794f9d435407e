//! Phrases in Spanish.

use super::pattern::Part::{Dials, Enables, Excuses, Invites, Nothing, Site, Whole};
use super::{Table, Topic};

pub(super) static SPANISH: Table = Table {
    codes: &["es"],
    patterns: &[
        (
            Whole(Topic::OptionsChanged),
            &[
                "escuche|escuchen|escucha atentamente|cuidadosamente|detenidamente .",
                "escuche|escuchen|escucha atentamente|cuidadosamente|detenidamente ya|porque|pues|todas|nuestras|nuestro",
                "escuche|escuchen|escucha atentamente|cuidadosamente|detenidamente las|el siguientes? opciones|menú",
                "escuche|escuchen|escucha con atención|detenimiento ya|porque|pues|todas|nuestras|nuestro",
                "escuche|escuchen|escucha con atención|detenimiento las|el siguientes? opciones|menú",
                "nuestras|las|algunas opciones de|del? nuestro? menú? han cambiado|variado",
                "nuestras|las|algunas opciones de|del? nuestro? menú? han sido modificadas|actualizadas|cambiadas",
                "opciones de|del nuestro? menú han recientemente? cambiado",
                "nuestro menú de? opciones? ha recientemente? cambiado",
                "nuestro menú de? opciones? ha sido modificado|actualizado|cambiado",
                "hemos recientemente? cambiado|actualizado|modificado nuestro|nuestras|las|el menú|opciones",
            ],
        ),
        (
            Whole(Topic::Courtesy),
            &[
                "su|tu llamada es muy? importante para nosotros",
                "valoramos su|tu llamada|tiempo|preferencia|confianza",
                "gracias por su|tu paciencia|comprensión|preferencia",
                "agradecemos su|tu paciencia|comprensión|preferencia|espera",
                "le|les|te agradecemos su|tu paciencia|comprensión|preferencia|espera",
                "disculpe|disculpen|disculpa las|la|los|el molestias|molestia|demora|espera|retraso|inconvenientes",
                "lamentamos|sentimos las|la|los|el molestias|molestia|demora|espera|retraso|inconvenientes",
                "pedimos disculpas por la|las|el|los demora|espera|molestias|retraso|inconvenientes",
            ],
        ),
        (
            Whole(Topic::Promotion),
            &[
                "oferta|ofertas|promoción|promociones especial|especiales|exclusiva|exclusivas|limitada|limitadas",
                "por tiempo limitado",
                "ahorre|ahorra|ahorrar|ahorrará hasta",
                "no se|te pierda|pierdas",
                "pregunte|pregunta por nuestra|nuestras|nuestro|nuestros nueva|nuevas|nuevo|nuevos|oferta|ofertas|promoción|promociones",
                "descubra|descubre|aproveche|aprovecha nuestra|nuestras|nuestro|nuestros|las|esta|estas",
                "# por ciento de descuento",
                "por ciento de descuento",
                "compre|contrate|compra|contrata ahora|hoy|ya",
            ],
        ),
        (
            Nothing,
            &[
                "si llama|marca|usted",
                "al llamar|marcar",
                "le|te|lo|la llamaremos|llamará|contactaremos",
            ],
        ),
        (
            Invites,
            &[
                "visite|visita|visítenos|consulte|consulta|ingrese|ingresa|acceda|accede|entre|entra|descargue|descarga|utilice|utiliza|use|usa",
                "sabía|sabías que",
                "disponible|disponibles",
            ],
        ),
        (Enables, &["puede|puedes|podrá|encontrará|encuentre|encontrarás"]),
        (
            Site,
            &[
                "nuestra|la página web?",
                "nuestra|la web|app|aplicación",
                "nuestro|el nuevo? sitio|portal web?",
                "página|sitio web",
                "www",
                "punto com|es|org|mx|gob|net|ar|cl|co",
                "app",
            ],
        ),
        (
            Dials,
            &[
                "llame|llámenos|llama|marque|marca|telefonee|contacte al|a|con|directamente|nuestro",
                "llame|llámenos|llama|marque|marca #",
                "cuelgue y llame|marque",
                "puede|debe|deberá|podrá también? llamar|llamarnos|marcar|contactar|contactarnos",
                "tiene|tendrá que llamar|marcar",
            ],
        ),
        (
            Excuses,
            &[
                "emergencia|emergencias|extranjero|internacional|internacionales|privacidad|contraseña|grabada|grabadas",
                "fuera de",
                "correo|email|mail",
                "problema|problemas con|en|para",
                "no disponible",
                "no puede|puedes",
            ],
        ),
        (
            Whole(Topic::LegalNotice),
            &[
                "llamada|llamadas|conversación|conversaciones puede|pueden|podrá|podrán|podría|podrían|será|serán|está|están|va|van a? ser|siendo? grabada|grabadas|monitoreada|monitoreadas|monitorizada|supervisada|registrada",
                "con|para fines|propósitos de calidad|seguridad|capacitación|formación|entrenamiento|control",
                "por motivos|razones de calidad|seguridad",
                "protección de los? datos",
                "aviso|política de privacidad",
                "términos y condiciones",
            ],
        ),
        (
            Whole(Topic::Jargon),
            &[
                "conforme a lo dispuesto|establecido",
                "el|la|los|las mismo|misma|mismos|mismas que|fuera|fuere",
                "en virtud de",
                "a efectos de",
                "ivr|dtmf|msisdn|imei",
            ],
        ),
    ],
};
