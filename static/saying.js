/* Streamlit says some things in English and offers no setting for them: that an address is no page, that the server does
   not answer, its menu. Only these words in these places; whatever else is there stays. */
(() => {
  if (window.saysInVietnamese) return;
  window.saysInVietnamese = true;
  const places = '[role="dialog"], [data-testid="stStatusWidget"], [data-testid="stMainMenuPopover"]';
  const words = {
    "Page not found": "Không có trang này",
    "The page that you have requested does not seem to exist. Running the app's main page.":
      "Địa chỉ không đúng, hoặc bạn không có quyền mở trang này. Đang hiển thị trang đầu tiên.",
    "Connection error": "Mất kết nối với máy chủ",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
      "Trang tự kết nối lại khi máy chủ trả lời. Số liệu đã ghi nhận vẫn an toàn. Nếu chờ lâu, báo quản trị hệ thống.",
    "CONNECTING": "Đang kết nối",
    "System": "Theo máy",
    "Light": "Nền sáng",
    "Dark": "Nền tối",
    "About": "Giới thiệu",
  };
  const say = () => {
    for (const place of document.querySelectorAll(places)) {
      const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode;
        if (text.nodeValue.startsWith("Is Streamlit")) place.querySelector("pre")?.style.setProperty("display", "none");
        if (Object.hasOwn(words, text.nodeValue)) text.nodeValue = words[text.nodeValue];
      }
    }
  };
  say();
  new MutationObserver(say).observe(document.body, { subtree: true, childList: true, characterData: true });
})();
