"""The standing tasks of the conclusions notice of 2018 (source 004), in its own words.

The copy at hand prints no number, no day of signature and no deadline: none is recorded. The day of the conference stands
for the day of assignment, by inference.
"""

from dataclasses import dataclass
from datetime import date

from catalogue.demo.commitments import Document
from catalogue.demo.documents import Registry
from catalogue.demo.ledger import Ledger
from catalogue.demo.office import Office
from catalogue.demo.programme_records import item_event
from catalogue.model.plan import task_subject
from catalogue.reference import Reference

PROGRAMME = "nhiem-vu-giao"
SOURCE = "004"
CONFERENCE_ON = date(2018, 5, 2)
_LOADED_ON = date(2022, 9, 8)
_ISSUER = "van-phong-chinh-phu"
_INFERRED = (
    "Ngày ghi nhận là ngày Hội nghị (02/5/2018), suy ra; bản hiện có không in số, ngày ký và thời hạn."
)


@dataclass(frozen=True)
class Section:
    """A section of the notice: whom it tasks, who is to help with which task, each task as title (its first clause) and text."""

    lead: str
    tasks: tuple[tuple[str, str], ...]
    helping: tuple[tuple[int, str], ...] = ()


_EVERYBODY: tuple[tuple[str, str], ...] = (
    (
        "Sử dụng hiệu quả kết quả Chỉ số hài lòng về sự phục vụ hành chính trong chỉ đạo, điều hành cải cách hành chính tại bộ, ngành, địa phương",
        "Sử dụng hiệu quả kết quả Chỉ số hài lòng về sự phục vụ hành chính trong chỉ đạo, điều hành cải cách hành chính tại bộ, ngành, địa phương, đề ra các giải pháp phù hợp để nâng cao chất lượng cung ứng dịch vụ hành chính công cho người dân, tổ chức. Căn cứ vào kết quả Chỉ số cải cách hành chính năm 2017, tập trung chỉ đạo rà soát, xác định rõ những điểm mạnh cũng như những hạn chế, yếu kém trong công tác cải cách hành chính của đơn vị mình, làm rõ nguyên nhân cũng như trách nhiệm của từng cá nhân, tổ chức trong triển khai từng nhiệm vụ cải cách hành chính, đồng thời, đề ra các biện pháp cụ thể để khắc phục, bảo đảm nhiệm vụ cải cách hành chính được triển khai đúng tiến độ, kế hoạch đề ra; Không thỏa mãn với kết quả đánh giá năm 2017, tiếp tục phấn đấu cải cách hành chính mạnh mẽ hơn, đạt kết quả thực chất hơn trong thời gian tới.",
    ),
    (
        "Tiếp tục đẩy mạnh cải cách thể chế",
        "Tiếp tục đẩy mạnh cải cách thể chế, trọng tâm là rà soát, hoàn thiện thể chế về quản lý công chức, viên chức, thể chế liên quan đến doanh nghiệp bảo đảm nguyên tắc không tăng thêm các điều kiện làm hạn chế cơ hội đầu tư, kinh doanh của doanh nghiệp; khắc phục triệt để tình trạng nợ đọng việc ban hành các văn bản quy định chi tiết thi hành luật, pháp lệnh; nâng cao chất lượng xây dựng văn bản quy phạm pháp luật, bảo đảm tính hợp pháp, đồng bộ, thống nhất, khả thi của hệ thống văn bản.",
    ),
    (
        "Tập trung rà soát, đơn giản hóa thủ tục hành chính",
        "Tập trung rà soát, đơn giản hóa thủ tục hành chính, nhất là trên các lĩnh vực trọng tâm theo quy định tại Nghị quyết số 35/NQ-CP , Nghị quyết số 01/NQ-CP năm 2018 và Nghị quyết số 19-2018/NQ-CP của Chính phủ; tăng tính liên thông trong giải quyết thủ tục hành chính cho người dân, doanh nghiệp.",
    ),
    (
        "Thực hiện nghiêm túc và có hiệu quả Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Khóa XII",
        "Thực hiện nghiêm túc và có hiệu quả Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Hội nghị lần thứ sáu Ban Chấp hành Trung ương Khóa XII, Nghị quyết số 10/NQ-CP ngày 03/02/2018 của Chính phủ ban hành Chương trình hành động của Chính phủ thực hiện Nghị quyết số 18-NQ/TW, các chính sách về tinh giản biên chế theo quy định tại Nghị quyết số 39-NQ/TW của Bộ Chính trị và Nghị định số 108/2014/NĐ-CP của Chính phủ; tăng cường kỷ luật, kỷ cương hành chính trong quá trình thực hiện nhiệm vụ, công vụ của đội ngũ cán bộ, công chức, viên chức.",
    ),
    (
        "Quán triệt đầy đủ tinh thần, nội dung của Nghị quyết số 19-NQ/TW ngày 25/10/2017 Hội nghị lần thứ sáu Ban Chấp hành Trung ương Khóa XII",
        "Quán triệt đầy đủ tinh thần, nội dung của Nghị quyết số 19-NQ/TW ngày 25/10/2017 Hội nghị lần thứ sáu Ban Chấp hành Trung ương Khóa XII về tiếp tục đổi mới hệ thống tổ chức và quản lý, nâng cao chất lượng và hiệu quả hoạt động của các đơn vị sự nghiệp công lập. Trên cơ sở đó, thực hiện nghiêm túc, có hiệu quả Nghị quyết số 08/NQ-CP ngày 24/01/2018 của Chính phủ ban hành Chương trình hành động thực hiện Nghị quyết số 19-NQ/TW.",
    ),
    (
        "Tăng cường công tác thanh tra, kiểm tra việc thực hiện nhiệm vụ cải cách hành chính",
        "Tăng cường công tác thanh tra, kiểm tra việc thực hiện nhiệm vụ cải cách hành chính với nội dung trọng tâm là công tác tuyển dụng, bổ nhiệm và sử dụng cán bộ, công chức, viên chức, tình hình chấp hành kỷ luật, kỷ cương hành chính, tình hình tổ chức giải quyết thủ tục hành chính cho người dân, doanh nghiệp; thực hiện đúng lời dạy của Bác Hồ, cán bộ, công chức phải thực sự là “công bộc của dân”, phải hết lòng, hết sức phụng sự nhân dân.",
    ),
    (
        "Hoàn thiện việc ban hành Kiến trúc Chính phủ điện tử cấp bộ, cấp tỉnh theo quy định",
        "Hoàn thiện việc ban hành Kiến trúc Chính phủ điện tử cấp bộ, cấp tỉnh theo quy định. Trên cơ sở khảo sát, đánh giá tình hình ứng dụng công nghệ thông tin tại các bộ, ngành, địa phương, tiến hành xây dựng và sử dụng các trang thiết bị, phần mềm dùng chung bảo đảm các hệ thống có sự đồng bộ, liên thông, kết nối, chia sẻ dữ liệu tránh lãng phí, tư tưởng cục bộ thiếu hợp tác; đồng thời để nâng cao hiệu quả chỉ đạo, điều hành của người đứng đầu cơ quan hành chính nhà nước các cấp trong quá trình xử lý công việc; tăng tỷ lệ sử dụng văn bản điện tử trao đổi giữa các cơ quan nhà nước; nâng cao khả năng cung cấp dịch vụ công trực tuyến ở mức độ 3, 4; phát huy hiệu quả phục vụ người dân, doanh nghiệp. Từ đó, từng bước xây dựng Chính phủ điện tử, chính quyền điện tử và tiến tới xây dựng Chính phủ thông minh, chính quyền thông minh.",
    ),
)
_HOME_AFFAIRS: tuple[tuple[str, str], ...] = (
    (
        "Phối hợp với Văn phòng Chính phủ và các cơ quan có liên quan tiếp tục nghiên cứu, bổ sung, hoàn thiện việc đánh giá Chỉ số cải cách hành chính và đo lường sự hài lòng của người dân, tổ chức",
        "Phối hợp với Văn phòng Chính phủ và các cơ quan có liên quan tiếp tục nghiên cứu, bổ sung, hoàn thiện việc đánh giá Chỉ số cải cách hành chính và đo lường sự hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính nhà nước, bảo đảm đánh giá chính xác, khách quan và công bằng kết quả triển khai cải cách hành chính tại các bộ, cơ quan ngang bộ, các địa phương.\nVới mục tiêu xây dựng nền hành chính công chất lượng cao, công khai, minh bạch, dân chủ, tạo mọi điều kiện thuận lợi, cơ hội công bằng cho người dân, doanh nghiệp được tiếp cận nền hành chính công hiện đại, việc cải cách hành chính công và đo lường sự hài lòng của người dân, tổ chức cần thiết phải hoàn thiện thêm các tiêu chí. Trong đó, cần lưu ý thiết kế tiêu chí đánh giá gắn cải cách hành chính công, đo lường sự hài lòng của người dân với việc đánh giá cơ quan hành chính nhà nước trong việc thực hiện phòng ngừa lợi ích cục bộ, lợi ích nhóm và chống tiêu cực, tham nhũng; đưa tiêu chí này và tiêu chí phục vụ người dân, doanh nghiệp lên hàng đầu. Kết quả đánh giá vừa qua mới chỉ là kết quả bước đầu, phần nào phản ánh thực trạng công tác cải cách nhưng chưa đầy đủ, vì vậy, cần đặt ra các tiêu chí đo lường sự hài lòng của người dân đối với sự phục vụ của cơ quan hành chính nhà nước một cách thực chất hơn trên cơ sở kết quả cụ thể của cải cách hành chính phải đem lại lợi ích thiết thực cho người dân, loại bỏ những điều kiện không cần thiết, ứng dụng mạnh mẽ công nghệ thông tin nhằm cung cấp nhiều hơn dịch vụ công trực tuyến cấp độ 3, 4, giảm thiểu tối đa việc tiếp xúc trực tiếp của cá nhân, tổ chức với cơ quan, hành chính nhà nước, tạo điều kiện để người dân, doanh nghiệp được phục vụ một cách tốt nhất trong quá trình tiếp cận với dịch vụ công...",
    ),
    (
        "Tiếp tục phối hợp chặt chẽ với Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam và Trung ương Hội Cựu Chiến binh Việt Nam và các cơ quan liên quan triển khai đánh giá kết quả cải cách hành chính hàng năm",
        "Tiếp tục phối hợp chặt chẽ với Ban Thường trực Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam và Trung ương Hội Cựu Chiến binh Việt Nam và các cơ quan liên quan triển khai đánh giá kết quả cải cách hành chính hàng năm và đo lường sự hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính nhà nước, bảo đảm chất lượng, hiệu quả, nâng cao cơ chế giám sát.",
    ),
    (
        "Nghiên cứu, đề xuất cơ chế để các Ủy ban của Quốc hội, Hội đồng Dân tộc, các đoàn thể giám sát đầy đủ đối với hoạt động đánh giá Chỉ số cải cách hành chính, đo lường sự hài lòng của người dân, tổ chức",
        "Nghiên cứu, đề xuất cơ chế để các Ủy ban của Quốc hội, Hội đồng Dân tộc, các đoàn thể giám sát đầy đủ đối với hoạt động đánh giá Chỉ số cải cách hành chính, đo lường sự hài lòng của người dân, tổ chức đối với sự phục vụ của cơ quan hành chính nhà nước nói riêng và hoạt động cải cách hành chính nói chung.",
    ),
)
SECTIONS = (
    Section("cac-bo-nganh-dia-phuong", _EVERYBODY),
    Section("bo-noi-vu", _HOME_AFFAIRS, helping=((0, _ISSUER),)),
)


def record(
    reference: Reference, ledger: Ledger, office: Office, registry: Registry, *, first_item: int
) -> None:
    """The notice and its tasks, all standing, loaded in one revision."""
    loaded = ledger.at(office.moment(_LOADED_ON), "programme.load")
    notice = Document(type="notice", title=reference.source(SOURCE).title_vi, issuer=_ISSUER)
    loaded.add(*registry.introduced(notice))
    issued = {
        "document_id": notice.document_id,
        "state": "issued",
        "effective_date": CONFERENCE_ON,
        "reason": _INFERRED,
    }
    loaded.add("document_event", issued)
    item_id = first_item
    for section in SECTIONS:
        for place, (title, task) in enumerate(section.tasks):
            item = {
                "item_id": item_id,
                "programme_code": PROGRAMME,
                "assigned_by": notice.document_id,
                "subject": task_subject(task, section.lead),
                "title": title,
                "lead_agency": section.lead,
            }
            loaded.add("item", item)
            loaded.add("directive", {"item_id": item_id, "task": task, "is_standing": True})
            for helped, agency in section.helping:
                if helped == place:
                    loaded.add("item_agency", {"item_id": item_id, "agency_code": agency})
            assigned = item_event("assigned", CONFERENCE_ON, notice.document_id)
            loaded.add("item_event", assigned | {"item_id": item_id})
            item_id += 1
