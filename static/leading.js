/* Where a click leads: inside a table or a chart, or on words. Streamlit reads the page and every choice from the address
   when the browser says that its history moved. A hand that clicks is led on at once, and once: Streamlit may say twice
   where to, when it draws an element again. Who moves through a table with the keyboard selects cells on the way, and is
   led on by Enter. */
(() => {
  if (window.leadOn) return;
  let clicked = false;
  let byKeys = false;
  let target = null;
  const goTo = (address) => {
    window.history.pushState({}, "", new URL(address, window.location.href));
    window.dispatchEvent(new PopStateEvent("popstate"));
  };
  window.leadOn = (address) => {
    if (byKeys) target = address;
    else if (clicked) goTo(address);
    clicked = false;
  };
  /* Streamlit opens what Markdown leads to in a new tab; a page of our own opens in this one, unless a new one is asked for. */
  window.addEventListener("click", (event) => {
    const words = event.target.closest('[data-testid="stMarkdownContainer"] a[href]');
    const address = words && words.getAttribute("href");
    if (!address || /^([a-z]+:|#)/i.test(address) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    goTo(address);
  }, true);
  window.addEventListener("pointerdown", () => { clicked = true; byKeys = false; target = null; }, true);
  window.addEventListener("keydown", (event) => {
    const inTable = document.activeElement.closest('[data-testid="stDataFrame"]');
    if (event.key === "Enter" && target && inTable) {
      event.preventDefault();
      event.stopPropagation();
      goTo(target);
      target = null;
    } else {
      byKeys = true;
    }
  }, true);
})();
