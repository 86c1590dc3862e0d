"""Words that promise more than numbers carry, in English and Spanish, and what other words give away."""

import re

PROMISES = {  # refused whatever the numbers are, with what they do
    "any decrease": r"\b(?:any|an?|some)\s+(?:\w+\s+)?(?:decrease|reduction|improvement)\b"
    r"|\b(?:algun[ao]?|una?|cierta)\s+(?:mejor[íi]a|reducción|disminución|mejora)\b",
    "relief": r"\breli(?:ef|eves?|eved|eving)\b|\balivi\w+",
    "cure": r"\bcur(?:e[sd]?|ing)\b|\bheal(?:s|ed|ing)?\b|\bpain[\s-]free\b|\bfree of pain\b|\bno more pain\b|\broot cause\b"
    r"|\bmiracles?\b|\bcur(?:a|an|ar|ó|ación|aron|amos)\b|\bsan(?:a|an|ar|ación)\b"
    r"|\b(?:sin|libres? de|adiós al) dolor\b|\bmilagro\w*",
    "proven": r"\bprove[nsd]?\b|\bclinically (?:shown|tested)\b|\bbacked by\b|\b(?:studies|research|science) (?:show|prove)s?\b"
    r"|\bgold standard\b|\b(?:comprobad|demostrad|probad)[oa]s?\b|\b(?:avalad|respaldad)[oa]s? por\b|\bestudios demuestran\b",
    "permanent": r"\bpermanent(?:ly)?\b|\blasting\b|\blasts\b|\bsustainable\b|\bfor good\b|\bforever\b"
    r"|\bpermanentes?\b|\bdurader[oa]s?\b|\bpara siempre\b|\bdefinitiv[oa]s?\b",
    "life changing": r"\blife[\s-]*chang\w+\b|\bchang\w* (?:your|their|my) li(?:fe|ves)\b"
    r"|\bcambi\w+ (?:la|su|mi|tu) vidas?\b|\ble cambi\w+ la vida\b",
    "guaranteed": r"\bguarante\w+\b|\bmoney[\s-]back\b|\bgarant[íi]\w+",
    "safe": r"\bsafe(?:ly|st|r)?\b|\brisk[\s-]free\b|\bno (?:known |serious )?risks?\b|\bno (?:known |serious )?side[\s-]effects?\b"
    r"|\bwithout (?:any )?(?:risk|side effects?)\b|\bzero (?:risk|side effects?)\b|\bharmless\b|\ball[\s-]natural\b|\bnatural\b"
    r"|\bsin (?:ningún |ningun )?(?:riesgos?|efectos (?:secundarios|adversos))\b|\binofensiv[oa]s?\b"
    r"|(?<!\bsu )(?<!\btu )(?<!\bel )(?<!\bun )\bsegur[oa]s?\b(?! (?:médico|de salud|social))",
    "at once": r"\b(?:almost )?(?:at once|immediate(?:ly)?|instant(?:ly)?|right away|overnight)\b"
    r"|\b(?:de |casi de )?inmediat[oa](?:mente)?\b|\bal instante\b",
    "up to": r"\bup to\b|\bas (?:many|much|high) as\b|\bhasta (?:un |el |en un )?\d+(?: ?%)?",
    "most": r"\b(?:most|many|majority|nearly all|almost (?:all|everyone|everybody)|countless)\b"
    r"|\b(?:la mayor[íi]a|casi tod[oa]s|much[oa]s)\b",
    "success": r"\bsuccess\w*\b|\béxitos?\b|\bexitos[oa]s?\b",
    "best": r"\b(?:the )?(?:best|leading|number one|only (?:treatment|therapy)|revolutionary|breakthrough|cutting[\s-]edge)\b"
    r"|\b(?:el |la )mejor\b|\brevolucionari[oa]s?\b|\bl[íi]der(?:es)?\b|\búnic[oa] (?:tratamiento|terapia)\b",
}
BENEFIT = re.compile(
    r"\b(?:works?|effective(?:ly)?|reduc(?:es?|ing)|eliminat\w+|restor\w+|regenerat\w+|rebuilds?|repairs?|improves|helps?|stops?"
    r"|treats|fix(?:es)?|strengthens?|funcionan?|efica(?:z|ces)|efectiv[oa]s?|reducen?|eliminan?|regeneran?|restauran?|reparan?"
    r"|fortalecen?|mejoran?|ayudan?|detienen?)\b",
    re.I,
)
OTHERS = re.compile(
    r"\b(?:better|more|less|fewer|favou?rable|stronger|longer|faster)\b[^.,]{0,60}?\bthan\b"
    r"(?! (?:\d|half|before|at (?:the )?(?:start|baseline)))"
    r"|\bsuperior to\b|\bprefer(?:able|red) (?:to|over)\b|\boutperforms?\b|\bcompared (?:to|with)\b|\bversus\b|\badvantage\b"
    r"|\binstead of\b|\balternative to\b|\bavoid(?:s|ed|ing)? surgery\b|\bwithout surgery\b|\bnon-?surgical\b"
    r"|\b(?:mejor|más(?! de\b)|(?<!al )menos|mayor)\b[^.,]{0,60}?\bque\b(?! (?:antes|al (?:inicio|principio)))"
    r"|\bsuperior(?:es)? a\b"
    r"|\bfrente a\b|\bcomparad[oa]s? con\b|\ben (?:lugar|vez) de\b|\balternativa a\b"
    r"|\bsin cirug[íi]a\b|\bevit\w+ (?:la )?cirug[íi]a\b",
    re.I,
)
RELATIVE = re.compile(
    r"\b(?:twice|double|triple|half|three times|four times|\d+ times|\d+x)\s+(?:as|more|the|better)\b"
    r"|\b\d+(?:[.,]\d+)?\s*(?:%|percent) (?:more|less) (?:likely|effective|often)\b|\btimes more likely\b"
    r"|\b(?:el doble|el triple|\w+ veces (?:más|mejor)|(?:más|menos) probab\w+)\b",
    re.I,
)
STORY = re.compile(
    r"(?<![Tt]ype )(?<![Gg]rade )(?<![Ss]tage )\bI\b(?!\.)|\b[Mm]y (?:pain|back|knees?|shoulder|hip|life|doctor|wife|husband)\b"
    r"|\b[Mm]i (?:rodilla|espalda|dolor|vida|médico|hombro|cadera)\b|\b[Mm]e (?:siento|sentí|ayudó|cambió|duele|dolía)\b"
    r"|\b[Pp]ude\b|\b[Vv]olví a\b"
)
ENDORSED = re.compile(
    r"\b(?:doctors?|experts?|physicians?|athletes?) (?:recommend|trust|choose)s?\b|\brecommended by\b|\bas seen (?:in|on)\b"
    r"|\b(?:recomendad[oa]s? por|los médicos recomiendan|visto en)\b",
    re.I,
)
AGENCY = re.compile(r"\bFDA\b|\b(?:approved|cleared|approval|clearance)\b|\baprobad[oa]s?\b|\bautorizad[oa]s?\b", re.I)
BY_FDA = r"(?:\s+by (?:the )?FDA|\s+por (?:la )?FDA)?"
TRUE_STATUS = re.compile(
    rf"\b(?:not|never)\s+(?:yet\s+)?(?:been\s+)?(?:FDA[\s-]+)?(?:approved|cleared){BY_FDA}"
    rf"|\b(?:isn|aren|hasn|haven|wasn)['’]t\s+(?:been\s+)?(?:FDA[\s-]+)?(?:approved|cleared){BY_FDA}"
    r"|\bunapproved\b|\bno FDA (?:approval|clearance)\b|\boff[\s-]label\b|\bfuera de (?:etiqueta|indicación)\b"
    rf"|\bno (?:está|están|ha sido|han sido)\s+(?:aún\s+)?(?:aprobad|autorizad)[oa]s?{BY_FDA}",
    re.I,
)
NO_COMPARISON = re.compile(
    r"\bno (?:comparison|control) group\b|\b(?:sin|no (?:tenemos|hay|hubo)) (?:un )?grupo de (?:comparación|control)\b",
    re.I,
)
