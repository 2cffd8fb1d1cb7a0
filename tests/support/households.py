"""Customers of the samples: invented people, at the addresses of stations and public offices."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Household:
    """A customer: what a referral says of them."""

    name: str
    kana: str
    address: str
    point: str
    contract: str

    def fields(self) -> dict[str, Any]:
        """This function will give the fields of a referral."""
        return {
            "holder_name": self.name,
            "holder_name_kana": self.kana,
            "address": self.address,
            "point_number": self.point,
            "contract_number": self.contract,
        }


_HOUSEHOLDS = {
    "due_today": (
        "髙橋　太郎",
        "タカハシ　タロウ",
        "東京都江東区豊洲１－２－３　豊洲ハイツ４０５",
        "0300120001234567000101",
    ),
    "due_tomorrow": (
        "渡邉　美咲",
        "ワタナベ　ミサキ",
        "神奈川県横浜市港北区日吉本町４－１５－８",
        "0300120001234567000202",
    ),
    "due_later": (
        "株式会社みどり商店",
        "カブシキガイシャミドリショウテン",
        "埼玉県川越市新富町２－２２",
        "0300120001234567000303",
    ),
    "due_by_cut_off": (
        "佐々木　翔",
        "ササキ　ショウ",
        "宮城県仙台市青葉区中央３－６－１",
        "0200120001234567000404",
    ),
    "amended": (
        "山﨑　和子",
        "ヤマザキ　カズコ",
        "愛知県名古屋市中村区名駅４－７－１",
        "0400120001234567000505",
    ),
    "accepted": (
        "伊藤　健一",
        "イトウ　ケンイチ",
        "大阪府大阪市北区梅田１－１１－４",
        "0600120001234567000606",
    ),
    "start_received": (
        "小林　由美",
        "コバヤシ　ユミ",
        "福岡県福岡市博多区博多駅前２－１－１",
        "0900120001234567000707",
    ),
    "sending": (
        "加藤　誠",
        "カトウ　マコト",
        "北海道札幌市中央区北一条西２丁目",
        "0100120001234567000808",
    ),
    "defective": (
        "吉田　直子",
        "ヨシダ　ナオコ",
        "千葉県船橋市本町１－３－１　フェイスビル７階",
        "0300120001234567000909",
    ),
    "cancelling": (
        "山口　大輔",
        "ヤマグチ　ダイスケ",
        "広島県広島市中区紙屋町２－１－２２",
        "0700120001234567001010",
    ),
    "matched": (
        "松本　恵",
        "マツモト　メグミ",
        "東京都世田谷区北沢２－２４－５",
        "0300120001234567001111",
    ),
    "matched_work": (
        "井上　浩",
        "イノウエ　ヒロシ",
        "東京都八王子市旭町１－１",
        "0300120001234567001212",
    ),
    "one_side_done": (
        "木村　さくら",
        "キムラ　サクラ",
        "石川県金沢市広岡１－５－２３",
        "0500120001234567001313",
    ),
    "completed": (
        "林　修平",
        "ハヤシ　シュウヘイ",
        "東京都千代田区神田神保町１－１０５",
        "0300120001234567001414",
    ),
    "completed_too": (
        "清水　千尋",
        "シミズ　チヒロ",
        "静岡県浜松市中央区鍛冶町１００－１",
        "0400120001234567001515",
    ),
    "rejected": (
        "齋藤　悠斗",
        "サイトウ　ユウト",
        "茨城県水戸市宮町１－１－１",
        "0300120001234567001616",
    ),
    "rejected_other": (
        "中村　幸子",
        "ナカムラ　サチコ",
        "栃木県宇都宮市駅前通り１－４－６",
        "0300120001234567001717",
    ),
    "withdrawn": (
        "石井　拓也",
        "イシイ　タクヤ",
        "香川県高松市サンポート２－１",
        "0800120001234567001818",
    ),
    "expired": (
        "前田　陽子",
        "マエダ　ヨウコ",
        "群馬県高崎市八島町２２２",
        "0300120001234567001919",
    ),
    "unmatched": (
        "藤田　学",
        "フジタ　マナブ",
        "京都府京都市下京区東塩小路町７２１－１",
        "0600120001234567002020",
    ),
    "grid_cancelled": (
        "岡田　真由美",
        "オカダ　マユミ",
        "沖縄県那覇市泉崎１－２０－１",
        "1000120001234567002121",
    ),
    "of_yamabiko": (
        "後藤　亮",
        "ゴトウ　リョウ",
        "山梨県甲府市丸の内１－１－８",
        "0300120001234567002222",
    ),
    "to_aozora": (
        "村上　詩織",
        "ムラカミ　シオリ",
        "新潟県新潟市中央区花園１－１－１",
        "0200120001234567002323",
    ),
    "closed": (
        "森田　健",
        "モリタ　ケン",
        "埼玉県さいたま市大宮区錦町６３０",
        "0300120001234567002424",
    ),
    "suspended": (
        "遠藤　千尋",
        "エンドウ　チヒロ",
        "静岡県静岡市葵区追手町９－６",
        "0400120001234567002525",
    ),
}
HOUSEHOLDS = {
    name: Household(*known, contract=f"7{index:03d}48210{index:05d}")
    for index, (name, known) in enumerate(_HOUSEHOLDS.items(), start=1)
}
"""By the name of the sample case they are in."""
