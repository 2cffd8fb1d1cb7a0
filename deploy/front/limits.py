"""Every limit of the front, once, with its reason. The configuration takes them from here; documents follow them."""

from dataclasses import dataclass

from rules.bulk.reading import LARGEST_REQUEST
from soap.guard import MAX_BODY


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one caller, one address and all together may take. Times are seconds, sizes bytes."""

    handshake: int = 5
    """TLS ハンドシェイクを終えるまでの秒数。証明書を示す前の接続は、だれのものか分からない"""
    headers: int = 5
    """要求のヘッダがそろうまでの秒数"""
    request: float
    """要求全体が届くまでの秒数。既定の 30 秒は、1 MiB を毎秒 35 KB で送れば間に合う"""
    idle_stream: int = 60
    """要求も応答も進まない接続を切るまでの秒数"""
    answer: int = 60
    """プロセスが答えるまでの秒数。一般送配電事業者への照会（`HUB_GRID_CALL_TIMEOUT`）と待ち行列の合計より長い"""
    whole: int = 300
    """要求の始まりから応答がフロントにそろうまでの秒数。そろった後（`answer_size` まで）は、受け取る速さを問わない"""
    idle_connection: int = 75
    """要求と要求の間に接続を保つ秒数"""
    body: int = MAX_BODY
    """要求の本体のバイト数"""
    upload: int = LARGEST_REQUEST
    """画面で送る一括処理のファイルの、要求の本体のバイト数。ファイルは 20 MiB まで"""
    answer_size: int = 4 * 1024 * 1024
    """相手が受け取るのを待つ間、フロントが預かる応答のバイト数。ここまではプロセスを待たせない"""
    header_kilobytes: int = 8
    """ヘッダ全体の KiB。後ろのサーバーが1行に読む長さ（8190）に収まる"""
    header_count: int = 100
    """ヘッダの個数"""
    connections: int
    """接続の合計。黙った接続1本はおよそ 35 KB を使う"""
    connections_per_address: int
    """接続元アドレスごとの、両方の入口を合わせた接続。小売の1システムが保つ接続（多くて数十）の数倍"""
    new_per_address: int
    """接続元アドレスごとの、1秒あたりの新しい接続。1コアのハンドシェイクは毎秒およそ 300 から 700"""
    address_groups: int = 4096
    """接続元アドレスを、アドレスのハッシュで分ける組の数。上限は組ごとに数える"""
    waiting: int = 512
    """プロセスが空くのを待つ要求の数。これを超えると HUB-R006 を返す"""
    heap: int = 256 * 1024 * 1024
    """フロントのメモリーの目安。近づくと、大きな要求を抱えた接続から切り、新しい要求に HUB-R006 を返す"""

    kept_heap: int = 64 * 1024 * 1024
    """使い終わったメモリーを、ここまでは次のために持ち続ける。静かなときの使用量（およそ 45 MiB）より少し多い"""
    released_a_second: int = 16 * 1024 * 1024
    """使い終わったメモリーを、1秒あたり返すバイト数"""

    @property
    def burst_per_address(self) -> int:
        """新しい接続のうち、一度に来てよい数。小売のシステムが起動し、接続をまとめて開くとき"""
        return 2 * self.new_per_address
