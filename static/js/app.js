/* Comforts, never conditions: every act of the product works without this file. Nothing typed is stored here. */
(function () {
  "use strict";

  function focusErrors(root) {
    const summary = root.querySelector(".error-summary[autofocus]");
    if (summary) summary.focus();
  }

  function closeMenus(except) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== except) menu.open = false;
    }
  }

  document.addEventListener("click", function (event) {
    closeMenus(event.target.closest("details.menu"));
    const jump = event.target.closest("details.jump a");
    if (jump) jump.closest("details").open = false;
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    closeMenus();
    if (menu) menu.querySelector("summary").focus();
  });

  function offerCopy(root) {
    for (const box of root.querySelectorAll("[data-copy]")) {
      const button = box.querySelector("button");
      if (!navigator.clipboard || !button.hidden) continue;
      button.hidden = false;
      button.addEventListener("click", async function () {
        await navigator.clipboard.writeText(box.querySelector("input").value);
        box.querySelector("[role=status]").textContent = button.dataset.done;
        button.querySelector("span").textContent = button.dataset.done;
      });
    }
  }

  /* A form sent twice by an impatient thumb is sent once. */
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    window.setTimeout(function () { delete form.dataset.sent; }, 4000);
  });
  window.addEventListener("pageshow", function () {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  /* Long texts warn before they are left unsaved; the browser asks in its own words. */
  let touched = false;
  document.addEventListener("input", function (event) {
    if (event.target.matches("form[method=post] textarea")) touched = true;
  });
  document.addEventListener("submit", function () { touched = false; });
  window.addEventListener("beforeunload", function (event) {
    if (touched) event.preventDefault();
  });

  /* What the server has kept need not be warned about. */
  document.addEventListener("htmx:afterRequest", function (event) {
    if (event.target.matches(".kept") && event.detail.successful) touched = false;
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    focusErrors(event.target);
    offerCopy(event.target);
  });

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  }

  focusErrors(document);
  offerCopy(document);

  /* The room one is in is in sight when the bar is longer than the phone is wide. */
  const here = document.querySelector(".rooms a[aria-current]");
  if (here) here.scrollIntoView({ block: "nearest", inline: "center" });
})();
