"""The door: passwords, guesses, second factors, sessions, single sign-on."""

SENTENCES = {
    "guessed_too_often": (
        "Đã sai quá nhiều lần. Hãy thử lại sau {until}; nếu quên mật khẩu, hãy liên hệ quản trị hệ thống.",
        "Wrong too often. Try again after {until}; if the password is forgotten, ask the administrator.",
    ),
    "sign_in_wrong": (
        "Tên đăng nhập hoặc mật khẩu chưa đúng.",
        "Wrong name or password.",
    ),
    "one_time_over": (
        "Mật khẩu dùng một lần đã hết hạn. Hãy đề nghị quản trị hệ thống cấp mật khẩu khác.",
        "The one-time password has expired. Ask the administrator for another.",
    ),
    "password_wrong": ("Mật khẩu hiện tại chưa đúng.", "The present password is wrong."),
    "passwords_differ": (
        "Hai lần nhập mật khẩu mới không giống nhau.",
        "The new password was typed in two different ways.",
    ),
    "password_short": (
        "Mật khẩu phải có ít nhất {least} ký tự. Một câu ngắn dễ nhớ là cách hay.",
        "A password has at least {least} characters. A short sentence is a good way.",
    ),
    "password_long": (
        "Mật khẩu có nhiều nhất {most} ký tự.",
        "A password has at most {most} characters.",
    ),
    "password_common": (
        "Mật khẩu này thuộc loại hay bị đoán nhất. Hãy chọn mật khẩu khác.",
        "This password is among those that are guessed first. Choose another.",
    ),
    "password_similar": (
        "Mật khẩu gần giống họ tên, tên đăng nhập hoặc địa chỉ thư của bạn. Hãy chọn mật khẩu khác.",
        "The password is much like your name, your sign-in name or your address. Choose another.",
    ),
    "password_same": (
        "Mật khẩu mới phải khác mật khẩu hiện tại.",
        "The new password must differ from the present one.",
    ),
    "link_over": (
        "Liên kết đặt lại mật khẩu đã hết hạn hoặc đã được dùng. Hãy yêu cầu liên kết mới.",
        "The link to choose a new password has expired or was used. Ask for a new one.",
    ),
    "code_wrong": (
        "Mã chưa đúng hoặc đã được dùng. Hãy chờ mã mới trên điện thoại rồi nhập lại.",
        "The code is wrong or was used. Wait for the next one on your telephone.",
    ),
    "factor_on_already": ("Xác thực hai lớp đang bật.", "The second factor is on already."),
    "factor_off_already": ("Xác thực hai lớp chưa bật.", "The second factor is not on."),
    "factor_needed": (
        "Vai trò của bạn phải dùng xác thực hai lớp nên không tắt được.",
        "Your role needs a second factor, so it cannot be turned off.",
    ),
    "factor_unreadable": (
        "Không còn đọc được xác thực hai lớp của tài khoản này. Hãy đề nghị quản trị hệ thống tắt đi.",
        "The second factor of this account can no longer be read. Ask the administrator to turn it off.",
    ),
    "session_gone": ("Phiên đăng nhập này đã kết thúc.", "This session has ended already."),
    "oidc_failed": (
        "Hệ thống đăng nhập một lần không trả lời đúng. Hãy thử lại; nếu vẫn lỗi, hãy báo quản trị hệ thống.",
        "The single sign-on service did not answer as it should. Try again, or tell the administrator.",
    ),
    "oidc_denied": (
        "Hệ thống đăng nhập một lần không cho đăng nhập.",
        "The single sign-on service did not let you in.",
    ),
    "oidc_unknown": (
        "Đã xác thực, nhưng “{name}” chưa có tài khoản ở đây. Hãy đề nghị quản trị hệ thống thêm bạn.",
        "You have been identified, but “{name}” has no account here. Ask the administrator to add you.",
    ),
}
