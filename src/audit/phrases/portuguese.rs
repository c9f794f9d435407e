//! Phrases in Portuguese.

use super::pattern::Part::{Dials, Enables, Excuses, Invites, Nothing, Site, Whole};
use super::{Table, Topic};

pub(super) static PORTUGUESE: Table = Table {
    codes: &["pt"],
    patterns: &[
        (
            Whole(Topic::OptionsChanged),
            &[
                "ouça|escute atentamente|cuidadosamente .",
                "ouça|escute atentamente|cuidadosamente as|todas|nossas|pois|porque|o|nosso as|nossas|novas? opções|menu?",
                "ouça|escute com atenção as|todas|nossas|pois|porque|o|nosso as|nossas|novas? opções|menu?",
                "nossas opções mudaram|foram",
                "opções do|de nosso? menu|atendimento mudaram|foram",
                "nosso menu mudou",
                "nosso menu foi alterado|atualizado|modificado",
            ],
        ),
        (
            Whole(Topic::Courtesy),
            &[
                "sua chamada|ligação é muito? importante para nós",
                "agradecemos a|sua|pela sua? paciência|compreensão|preferência|espera",
                "obrigado|obrigada pela sua? paciência|compreensão|preferência|espera",
                "pedimos desculpa|desculpas pela|pelo|pelos demora|espera|incómodo|incômodo|transtorno|transtornos|atraso",
                "lamentamos a|o|os demora|espera|incómodo|incômodo|transtorno|transtornos|atraso",
                "desculpe a|o|pela|pelo|os demora|espera|incómodo|incômodo|transtorno|transtornos|atraso",
            ],
        ),
        (
            Whole(Topic::Promotion),
            &[
                "oferta|ofertas|promoção|promoções especial|especiais|exclusiva|exclusivas|imperdível|imperdíveis|limitada",
                "por tempo limitado",
                "aproveite a|as|nossa|nossas|o|os|já|agora|esta|estas",
                "economize|poupe até|agora|já",
                "conheça nossos|nossas|nossa|nosso|os|as novos|novas|nova|novo|nossos|nossas|planos|ofertas|promoções",
                "não perca",
                "# por cento de desconto",
                "por cento de desconto",
                "contrate|compre já|agora|hoje",
            ],
        ),
        (
            Nothing,
            &["se ligar|você|estiver", "ao ligar", "ligaremos", "vamos ligar"],
        ),
        (
            Invites,
            &[
                "visite|acesse|aceda|consulte|baixe|descarregue|utilize|entre|confira|use",
                "sabia que",
                "disponível|disponíveis",
            ],
        ),
        (Enables, &["pode|poderá|encontra|encontrará|encontre"]),
        (
            Site,
            &[
                "nosso|o novo? site|portal|aplicativo|app",
                "nossa|a página|aplicação|app",
                "página da? web|internet",
                "www",
                "ponto com|pt|br|org|gov",
                "aplicativo",
            ],
        ),
        (
            Dials,
            &[
                "ligue|disque|telefone|contacte|contate para|o|a|no|pelo|através|diretamente|nosso",
                "ligue|disque|telefone #",
                "desligue e ligue|disque",
                "pode|deve|deverá|poderá também? ligar|contactar|contatar|discar|contactar",
            ],
        ),
        (
            Excuses,
            &[
                "emergência|emergências|exterior|estrangeiro|internacional|privacidade|senha|gravada|gravadas",
                "problema|problemas com|no|na|em|ao",
                "indisponível",
                "email|mail|correio",
                "não pode|consegue",
                "fora do|de",
            ],
        ),
        (
            Whole(Topic::LegalNotice),
            &[
                "chamada|chamadas|ligação|ligações|conversa|conversas pode|podem|poderá|poderão|será|serão|está|estão|é|são a|ser? ser|sendo? gravada|gravadas|monitorada|monitoradas|monitorizada|monitorizadas",
                "para|por fins|efeitos|motivos de qualidade|formação|treinamento|segurança|controle|controlo",
                "política|aviso de privacidade",
                "proteção de|dos|dados dados?",
                "termos e condições",
            ],
        ),
        (
            Whole(Topic::Jargon),
            &[
                "supracitado|supracitada|supramencionado|outrossim|doravante",
                "no âmbito de|do|da",
                "nos termos da|do lei|artigo|contrato",
                "ura|dtmf|msisdn|imei",
            ],
        ),
    ],
};
