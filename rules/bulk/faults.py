"""What is said against a file: against the whole of it, so that nothing is sent, or against one of its rows."""

from schemas.findings import Rulebook
from schemas.refusal_codes import RefusalCode

RULES = Rulebook(code=RefusalCode.FORM)

_AS_CSV = "表計算ソフトで「CSV UTF-8（コンマ区切り）」として保存し直してください。"
_BY_THE_TEMPLATE = "ひな形の見出しの行をそのまま1行目に置いてください。列の順番は変えられます。"
_FROM_BACKUP = "元の資料から値を入れ直してください。セルの書式を「文字列」にしておくと変わりません。"

EMPTY = RULES.declare(
    "file-empty", message="ファイルに何も書かれていません。", action="ひな形に入力したファイルを選んでください。"
)
TOO_LARGE = RULES.declare(
    "file-too-large",
    message="ファイルが大きすぎます（{bytes}バイト）。1つのファイルは20MiB（{most}バイト）までです。",
    action="ファイルを分けてください。",
)
SPREADSHEET = RULES.declare(
    "file-spreadsheet",
    message="表計算ソフトのブック（Excelの形式）です。名前の末尾を「.csv」に変えても、CSVファイルにはなりません。",
    action=_AS_CSV,
)
ENCODING = RULES.declare(
    "file-encoding",
    message="文字コードが{encoding}です。読み取れるのはUTF-8とシフトJIS（CP932）です。",
    action=_AS_CSV,
)
UNREADABLE_CHARACTERS = RULES.declare(
    "file-characters",
    message="{line}行目に、{encoding}として読み取れない文字があります。",
    action="その行の文字を入れ直し、UTF-8またはシフトJIS（CP932）で保存し直してください。",
)
NUL = RULES.declare(
    "file-nul",
    message="{line}行目に、文字ではないデータ（NUL）があります。ファイルが壊れているか、CSVファイルではありません。",
    action="元の資料からCSVファイルを作り直してください。",
)
SEPARATOR = RULES.declare(
    "file-separator",
    message="値が「{separator}」で区切られています。区切りに使えるのは半角コンマ（,）だけです。",
    action=_AS_CSV,
)
WITHOUT_HEADER = RULES.declare(
    "file-header", message="1行目に見出しがありません（「{first}」で始まっています）。", action=_BY_THE_TEMPLATE
)
MISSING_COLUMN = RULES.declare(
    "file-missing-column",
    ("{path}", "{label}"),
    message="必要な列「{label}」がありません。",
    action="列を加えて、各行に値を入力してください。",
)
UNKNOWN_COLUMN = RULES.declare(
    "file-unknown-column",
    message="列「{header}」は、{kind}（{segment}）にはない列です。",
    action="見出しをひな形と同じ名前に直すか、その列を除いてください。区分の選びまちがいも確認してください。",
)
TOO_MANY_COLUMNS = RULES.declare(
    "file-too-many-columns",
    message="見出しに列が{columns}個あります。1つのファイルは{most}列までです。",
    action=_BY_THE_TEMPLATE,
)
NAMELESS_COLUMN = RULES.declare(
    "file-nameless-column",
    message="{letter}列に見出しがありません。",
    action="見出しを付けるか、その列を除いてください。",
)
DOUBLED_COLUMN = RULES.declare(
    "file-doubled-column",
    message="列「{header}」が{first}列と{second}列の2つあります。",
    action="正しいほうだけを残してください。",
)
QUOTES = RULES.declare(
    "file-quotes",
    message='{line}行目から始まる行で、引用符（"）の対応が正しくないため、ここから先を読み取れません。',
    action='引用符で囲む値は閉じる引用符まで確認し、値の中の引用符は2つ続けて（""）書いてください。',
)
LONG_VALUE = RULES.declare(
    "file-long-value",
    message='{line}行目から始まる行に、{most}文字を超える値があります。引用符（"）が閉じられていない可能性があります。',
    action=QUOTES.action,
)
NO_ROWS = RULES.declare(
    "file-no-rows",
    message="見出しだけで、データの行がありません。",
    action="2行目から、1行に1件ずつ入力してください。",
)
NOTHING_DECIDED = RULES.declare(
    "file-nothing-decided",
    message="{count}行のどれにも取次判断が入力されていません。",
    action="判断する行の「取次判断」に、承諾または否認を入力してください。空の行は送られません。",
)
TOO_MANY_ROWS = RULES.declare(
    "file-too-many-rows",
    message="データの行が{most}行を超えています。1つのファイルは{most}行までです。",
    action="ファイルを分けてください。",
)

TOO_MANY_LINES = RULES.declare(
    "file-too-many-lines",
    message="空の行も含めて{most}行を超えています。",
    action="空の行を除くか、ファイルを分けてください。",
)

_CELL = ("{path}", "{label}")
TOO_LONG = RULES.declare(
    "row-too-long",
    message="この行は列が{cells}個あり、見出しの{columns}個より多くなっています。",
    action='コンマ（,）を含む値は、引用符（"）で囲んでください。',
)
TOO_SHORT = RULES.declare(
    "row-too-short",
    message="この行は列が{cells}個しかなく、見出しの{columns}個より少ないため、「{label}」などの値がありません。",
    action="足りない列を加えるか、行の途中で改行されていないか確認してください。",
)
DOUBLED_ROW = RULES.declare(
    "row-doubled",
    _CELL,
    message="{label}が{other}行目と同じです。1つのファイルに同じ{label}の行は1つだけです。",
    action="正しいほうの行だけを残してください。",
)
FORMULA = RULES.declare(
    "cell-formula",
    _CELL,
    message="{label}が計算式の形（「{sign}」で始まる）です。計算式は受け付けません。",
    action="計算式ではなく、値そのものを入力してください。",
)
ROUNDED = RULES.declare(
    "cell-rounded",
    _CELL,
    message="{label}が「{value}」になっています。表計算ソフトが数値に変えたため、元の桁が失われています。",
    action=_FROM_BACKUP,
)
LOST_ZEROS = RULES.declare(
    "cell-lost-zeros",
    _CELL,
    message="{label}は{wanted}桁ですが、{length}桁しかありません。表計算ソフトが先頭の0を除いた可能性があります。",
    action=_FROM_BACKUP,
)
LINE_BREAK = RULES.declare(
    "cell-line-break",
    _CELL,
    message="{label}の値の中に改行があります。",
    action="改行を除き、1行で入力してください。",
)
OTHER_SEGMENT = RULES.declare(
    "cell-other-segment",
    _CELL,
    message="{label}が{other}の番号です。このファイルは{segment}のものです。",
    action="{other}の一括処理の画面から、別のファイルで送ってください。",
)
