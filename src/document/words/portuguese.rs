//! The wording of menus in Portuguese.

use super::english::ABROAD;
use super::lexicon::{Class, Language};
use std::sync::OnceLock;

pub(super) static PORTUGUESE: Language = Language {
    codes: &["pt"],
    words: &[
        (
            Class::Press,
            "digite digita digitar pressione pressiona pressionar tecle teclar aperte apertar introduza insira informe",
        ),
        (Class::Dial, "marque marcar disque discar"),
        (Class::Choose, "prima escolha selecione seleccione"),
        (Class::Option, "opção tecla"),
        (Class::Say, "diga fale"),
        (Class::Digit(0), "zero"),
        (Class::One, "um"),
        (Class::Digit(2), "dois duas"),
        (Class::Digit(3), "três"),
        (Class::Digit(4), "quatro"),
        (Class::Digit(5), "cinco"),
        (Class::Digit(6), "seis meia"),
        (Class::Digit(7), "sete"),
        (Class::Digit(8), "oito"),
        (Class::Digit(9), "nove"),
        (Class::Digit(10), "dez"),
        (Class::Digit(11), "onze"),
        (Class::Digit(12), "doze"),
        (Class::Star, "asterisco estrela"),
        (Class::Hash, "cardinal velha tralha quadrado sustenido cerquilha"),
        (Class::Key, "número dígito botão jogo sinal"),
        (Class::The, "a o as os no na da do de"),
        (Class::Lead, "por favor você pode também simplesmente"),
        (Class::Opener, "para se caso"),
        (Class::Or, "ou"),
        (Class::And, "e"),
        (Class::Then, "depois seguido seguida então"),
        (
            Class::Unit,
            "dígitos números algarismos caracteres letras hora horas minuto minutos segundo segundos dia dias semana \
             semanas mês meses ano anos vez vezes reais euros opções teclas",
        ),
        (Class::Range, "até"),
        (Class::Not, "não sem nunca"),
        (
            Class::Past,
            "selecionado escolhido digitado selecionou escolheu digitou",
        ),
        (Class::Be, "está são"),
        (Class::Done, "terminar concluir finalizar finalize"),
        (Class::Else, "aguarde permaneça contrário"),
        (
            Class::Deny,
            "seu sua seus suas qualquer alguma algum que com nos me este esta sobre uma",
        ),
        (Class::Now, "agora novamente"),
        (Class::Example, "exemplo favor"),
    ],
    guests: &ABROAD,
    persons: "atendente atendentes agente agentes operador operadora operadores representante representantes \
              assistente assistentes consultor consultora consultores pessoa pessoas alguem humano especialista \
              especialistas colaborador recepcionista gerente assessor",
    elides: false,
    verb_last: false,
    lexicon: OnceLock::new(),
};
