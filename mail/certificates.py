"""What the mails on client certificates say: which one it is, until when, and what to do."""

from mail.texts import SIGNATURE, SYSTEM
from rules.certificates.notices import CertificateNotice, NoticeKind
from rules.wording import plain_moment


def subject(notice: CertificateNotice) -> str:
    return f"【{SYSTEM}】{_SUBJECTS[notice.kind]}（{_purpose(notice)}）"


def body(notice: CertificateNotice) -> str:
    lines = [_TEXTS[notice.kind].format(at=plain_moment(notice.at)), "", f"用途: {_purpose(notice)}"]
    if notice.certificate_id is not None:
        lines.append(f"証明書ID: {notice.certificate_id}")
    if notice.serial is not None:
        lines.append(f"シリアル番号: {notice.serial}")
    if notice.successor is not None:
        lines.append(f"更新後の証明書のシリアル番号: {notice.successor}")
    elif notice.kind is NoticeKind.ENDS_SOON:
        lines += ["", _RENEWAL]
    return "\n".join([*lines, *SIGNATURE])


def _purpose(notice: CertificateNotice) -> str:
    return "すべて" if notice.purpose is None else notice.purpose.label


_SUBJECTS = {
    NoticeKind.REGISTERED: "クライアント証明書を登録しました",
    NoticeKind.REPLACED: "クライアント証明書の更新を登録しました",
    NoticeKind.CHANGED: "クライアント証明書の登録内容を変更しました",
    NoticeKind.REVOKED: "クライアント証明書を失効しました",
    NoticeKind.STOPPED: "クライアント証明書の利用を停止しました",
    NoticeKind.ALLOWED: "クライアント証明書の利用の停止を解除しました",
    NoticeKind.ENDS_SOON: "クライアント証明書の期限が近づいています",
}
_TEXTS = {
    NoticeKind.REGISTERED: "次のクライアント証明書の登録が完了しました。{at} まで使えます。",
    NoticeKind.REPLACED: (
        "次のクライアント証明書を、新しい証明書に更新する登録が完了しました。"
        "\nこれまでの証明書は {at} まで、新しい証明書と並べて使えます。それまでに入れ替えてください。"
    ),
    NoticeKind.CHANGED: (
        "次のクライアント証明書の登録内容（接続元IPアドレスなど）の変更が完了しました。期限は {at} のままです。"
        "\n心当たりがないときは、広域機関ヘルプデスクへ直ちに連絡してください。"
    ),
    NoticeKind.REVOKED: (
        "次のクライアント証明書の失効が完了しました。{at} から使えません。"
        "\n心当たりがないときは、広域機関ヘルプデスクへ直ちに連絡してください。"
    ),
    NoticeKind.STOPPED: (
        "利用規約10.4により、{at} から、貴社のすべてのクライアント証明書の利用を停止しました。APIも画面も使えません。"
        "\n広域機関ヘルプデスクへ連絡してください。"
    ),
    NoticeKind.ALLOWED: (
        "{at} に、貴社のクライアント証明書の利用の停止を解除しました。失効した証明書は使えないままです。"
    ),
    NoticeKind.ENDS_SOON: "次のクライアント証明書は {at} から使えなくなります。",
}
_RENEWAL = (
    "新しい証明書を認証局から調達し、利用規約6.の利用申請で登録してください。登録の後、期限までは両方を使えます。"
)
