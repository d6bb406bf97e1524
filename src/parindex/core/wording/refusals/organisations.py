"""Units, persons and their roles: why a change cannot be made."""

SENTENCES = {
    "unit_code_unusable": (
        "Mã đơn vị “{code}” không dùng được: chỉ chữ thường không dấu, chữ số, gạch nối (ví dụ so-y-te).",
        "The unit code “{code}” cannot be used: small letters without accents, digits, hyphens (so-y-te).",
    ),
    "unit_code_taken": (
        "Mã “{code}” đã có đơn vị khác cùng cấp dùng. Hãy chọn mã khác.",
        "The code “{code}” is taken by another unit at the same place. Choose another.",
    ),
    "unit_name_missing": ("Hãy ghi tên đơn vị.", "Give the unit’s name."),
    "unit_name_long": (
        "Tên đơn vị quá dài (tối đa {limit} ký tự).",
        "The unit’s name is too long (at most {limit} characters).",
    ),
    "unit_type_unknown": ("Không có loại đơn vị “{type}”.", "There is no unit type “{type}”."),
    "not_in_force_yet": (
        "Ngày {on} chưa đến. Hãy ghi thay đổi khi đã có hiệu lực.",
        "{on} is still to come. Enter the change once it is in force.",
    ),
    "document_needed": (
        "Hãy ghi số, ngày văn bản làm căn cứ.",
        "Give number and date of the document that this rests on.",
    ),
    "period_reversed": (
        "Ngày kết thúc {last} trước ngày bắt đầu {first}.",
        "The last day, {last}, is before the first, {first}.",
    ),
    "unit_ended": (
        "{unit} đã kết thúc ngày {last}, không ghi thay đổi mới được.",
        "{unit} ended on {last}; nothing new can be entered for it.",
    ),
    "unit_not_ended": ("{unit} đang hoạt động.", "{unit} has not ended."),
    "unit_has_successors": (
        "Đã có đơn vị kế thừa {unit}, không khôi phục được.",
        "Other units came from {unit}; it cannot be restored.",
    ),
    "unit_below_itself": (
        "{unit} không thể trực thuộc chính mình hoặc đơn vị cấp dưới của mình.",
        "{unit} cannot be placed below itself or below a unit of its own.",
    ),
    "unit_too_deep": (
        "Cây đơn vị tối đa {limit} cấp.",
        "The tree of units has at most {limit} levels.",
    ),
    "unit_elsewhere": (
        "{unit} chỉ chuyển được trong cùng địa bàn.",
        "{unit} can be moved within its own territory only.",
    ),
    "unit_has_children": (
        "{unit} còn đơn vị trực thuộc: {below}. Hãy chuyển hoặc kết thúc các đơn vị đó trước.",
        "{unit} still has units below it: {below}. Move or end those first.",
    ),
    "territory_ends_not": (
        "{unit} là địa bàn, không kết thúc, sáp nhập hay chia tách tại đây.",
        "{unit} is a territory; it is not ended, merged or split here.",
    ),
    "merger_of_one": (
        "Hợp nhất, sáp nhập cần ít nhất hai đơn vị.",
        "A merger takes at least two units.",
    ),
    "split_in_one": (
        "Chia, tách phải thành ít nhất hai đơn vị.",
        "A split gives at least two units.",
    ),
    "unit_not_found": ("Không có đơn vị “{unit}”.", "There is no unit “{unit}”."),
    "username_unusable": (
        "Tên đăng nhập “{username}” không dùng được: chỉ chữ không dấu, chữ số và . _ @ - ở giữa.",
        "“{username}” cannot be a sign-in name: letters without accents, digits, and . _ @ - between.",
    ),
    "username_taken": (
        "Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác.",
        "The sign-in name “{username}” is taken. Choose another.",
    ),
    "person_name_missing": ("Hãy ghi họ tên.", "Give the person’s name."),
    "email_unreadable": (
        "“{email}” không phải địa chỉ thư điện tử.",
        "“{email}” is not an e-mail address.",
    ),
    "person_inactive": (
        "Tài khoản của {person} đang khóa.",
        "The account of {person} is closed.",
    ),
    "person_active": (
        "Tài khoản của {person} đang mở.",
        "The account of {person} is open.",
    ),
    "person_not_found": (
        "Không có người dùng “{person}”.",
        "There is no person “{person}”.",
    ),
    "own_account": (
        "Không tự khóa tài khoản của mình được. Hãy nhờ quản trị khác.",
        "You cannot close your own account. Ask another administrator.",
    ),
    "account_of_others": (
        "{person} còn giữ vai trò tại {unit}; chỉ quản trị nơi đó đổi được tài khoản.",
        "{person} also holds a role in {unit}; only its administrator changes the account.",
    ),
    "last_administrator": (
        "Đây là quản trị cuối cùng của {unit}. Hãy giao vai trò đó, không thời hạn, cho người khác trước.",
        "This is the last administrator of {unit}. First give that role, without an end, to another.",
    ),
    "role_unknown": ("Không có vai trò “{role}”.", "There is no role “{role}”."),
    "role_of_territory": (
        "Vai trò {role} chỉ giao tại đơn vị điều hành kỳ đánh giá; {unit} không có đơn vị trực thuộc.",
        "The role {role} is held in a unit that runs rounds; {unit} has no units below it.",
    ),
    "role_from_above": (
        "Vai trò {role} tại {unit} do cấp trên giao; người điều hành kỳ riêng chỉ giao vai trò của kỳ đó.",
        "The role {role} in {unit} is given from above; who runs its own rounds gives their roles only.",
    ),
    "not_of_unit": (
        "{person} không giữ vai trò nào tại {unit} hoặc đơn vị trực thuộc.",
        "{person} holds no role in {unit} or below it.",
    ),
    "role_held": (
        "Người này đã giữ vai trò {role} tại {unit} trong thời gian đó.",
        "The person holds the role {role} in {unit} during that time already.",
    ),
    "role_over": (
        "Việc này đã kết thúc từ ngày {last}.",
        "It ended on {last} already.",
    ),
    "role_lent": (
        "Đã ủy quyền cho {person} trong thời gian đó.",
        "It is lent to {person} during that time already.",
    ),
    "role_not_held_then": (
        "{person} không giữ vai trò này trong toàn bộ thời gian ủy quyền.",
        "{person} does not hold this role during the whole period.",
    ),
    "lent_to_oneself": ("Không ủy quyền cho chính mình được.", "A role is not lent to oneself."),
    "day_missing": ("Hãy ghi ngày.", "Give the date."),
    "role_missing": ("Hãy chọn ít nhất một vai trò.", "Choose at least one role."),
    "handed_to_oneself": ("Người nhận phải là người khác.", "The receiver must be somebody else."),
    "nothing_open": ("{person} không có việc nào đang mở.", "Nothing open hangs on {person}."),
    "site_begun": (
        "Hệ thống đã có {unit}. Thêm đơn vị, người dùng trên trang quản trị.",
        "The site has begun with {unit}. Add units and persons on its pages.",
    ),
    "erased_already": (
        "Dữ liệu cá nhân của tài khoản này đã được xóa.",
        "The personal data of this account have been erased.",
    ),
    "erase_active": (
        "Tài khoản của {person} đang mở. Hãy bàn giao, khóa tài khoản trước khi xóa dữ liệu.",
        "The account of {person} is open. Hand over and close it before erasing.",
    ),
    "erase_work_open": (
        "{person} còn việc đang mở. Hãy bàn giao trước khi xóa dữ liệu.",
        "Work is still open in the name of {person}. Hand it over before erasing.",
    ),
    "ground_names_person": (
        "Căn cứ không được nêu tên người có dữ liệu bị xóa; hãy ghi số văn bản.",
        "The ground must not name the person whose data are erased; give the number of a document.",
    ),
    "receiver_missing": (
        "Chưa chọn người nhận {work} của {unit}. Nếu không có ai để chọn, hãy giao vai trò cho người nhận "
        "trước.",
        "Nobody is named for {work} of {unit}. If there is nobody to choose, give a role to the receiver "
        "first.",
    ),
    "receiver_without_right": (
        "{person} không có quyền nhận {work} của {unit}. Hãy chọn người khác, hoặc giao vai trò trước.",
        "{person} has no right to {work} of {unit}. Choose another, or give them a role first.",
    ),
    "row_repeated": (
        "Trùng với dòng {line}.",
        "The same as line {line}.",
    ),
    "unit_code_double": (
        "Mã “{code}” có ở hai nơi trong cây đơn vị; hãy sửa đơn vị này trên trang của nó.",
        "The code “{code}” stands at two places of the tree; change this unit on its own page.",
    ),
    "unit_in_circle": (
        "Quan hệ cấp trên đi vòng: {way}.",
        "Units are above each other in a circle: {way}.",
    ),
    "text_too_long": (
        "Quá dài (tối đa {limit} ký tự).",
        "Too long (at most {limit} characters).",
    ),
    "person_rows_differ": (
        "Khác với dòng {line} của cùng người. Thông tin của một người phải ghi giống nhau ở mọi dòng.",
        "Differs from line {line} of the same person. What is said of one person must agree in every row.",
    ),
    "rows_refused": (
        "Còn dòng phải sửa; chưa ghi gì.",
        "Some rows must be mended; nothing was saved.",
    ),
    "basis_unknown": ("Hãy chọn cách đánh giá.", "Choose on what it is assessed."),
    "period_missing": (
        "Hãy ghi ngày bắt đầu hoặc ngày kết thúc của thời gian được đánh giá.",
        "Give the first or the last day of the period that is assessed.",
    ),
    "no_predecessors": (
        "Chưa ghi {unit} được hợp nhất, sáp nhập hay chia tách từ đơn vị nào.",
        "No merger or split is entered from which {unit} came.",
    ),
    "not_ranked_by_set": (
        "Bộ tiêu chí của kỳ này có xếp hạng {unit}. Hãy ghi đơn vị vào mục không xếp hạng của bộ trước.",
        "The criteria set of this round ranks {unit}. First name the unit in its part on who is not ranked.",
    ),
}
