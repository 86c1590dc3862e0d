/* A survey, answered: each answer is sent as it is given (waiting.js), and screens change without a new page. */
(function () {
  "use strict";
  const form = document.getElementById("answers");
  if (!form) return;
  const last = Number(form.dataset.of);
  const note = document.getElementById("open");
  let warned = 0;
  const waiting = window.Waiting(form, { sent: leave });

  function screenAt(number) {
    return form.querySelector('[data-screen="' + number + '"]');
  }
  function here() {
    return Number(form.elements.screen.value);
  }
  function questions(screen) {
    return Array.from(screen.querySelectorAll("[data-item]"));
  }
  function valueOf(question) {
    if (question.dataset.kind === "tick") return question.querySelector("input").checked ? 1 : 0;
    const chosen = question.querySelector("input:checked");
    const rating = chosen ? Number(chosen.value) : null;
    const words = question.querySelector("input:not([type=radio])");
    if (!words) return rating;
    return words.value.trim() || chosen ? { text: words.value.trim(), rating: rating } : null;
  }
  function isOpen(question) {
    const words = question.querySelector("input:not([type=radio], [type=checkbox])");
    if (words && !words.value.trim()) return false;
    return question.dataset.kind !== "tick" && !("optional" in question.dataset) && !question.querySelector("input:checked");
  }
  function keep(question) {
    const value = valueOf(question);
    if (value === null) return;
    const instrument = question.closest("[data-instrument]").dataset.instrument;
    const item = question.dataset.item;
    waiting.keep(instrument, item, value);
  }
  function leave() {
    const sure = document.createElement("input");
    sure.type = "hidden";
    sure.name = "open";
    sure.value = "1";
    form.append(sure);
    form.removeEventListener("submit", turn);
    form.requestSubmit(button("finish"));
  }

  function button(go) {
    return form.querySelector('button[value="' + go + '"]');
  }
  function show(number) {
    screenAt(here()).hidden = true;
    screenAt(number).hidden = false;
    form.elements.screen.value = number;
    document.getElementById("number").textContent = number;
    document.getElementById("progress").value = number;
    button("next").hidden = number === last;
    button("finish").hidden = number !== last;
    button("back").hidden = number === 1;
    note.hidden = true;
    const top = screenAt(number);
    top.tabIndex = -1;
    top.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  function open(number) {
    const address = new URL(location.href);
    address.searchParams.set("screen", number);
    history.pushState({ screen: number }, "", address);
    show(number);
  }
  function turn(event) {
    event.preventDefault();
    if (waiting.ending()) return;
    const go = event.submitter ? event.submitter.value : "next";
    const number = here();
    if (go === "back") return open(number - 1);
    const asked = questions(screenAt(number));
    const left = asked.filter(isOpen);
    asked.forEach((question) => question.classList.toggle("open", left.includes(question)));
    if (left.length && warned !== number) {
      warned = number;
      note.hidden = false;
      left[0].querySelector("input").focus();
      return;
    }
    asked.filter((question) => question.dataset.kind === "tick").forEach(keep);
    waiting.pass(screenAt(number).dataset.ends.split(" ").filter(Boolean));
    if (number === last) waiting.end();
    else open(number + 1);
    waiting.send();
  }

  form.addEventListener("change", function (event) {
    const question = event.target.closest("[data-item]");
    if (!question) return;
    if (!isOpen(question)) question.classList.remove("open");
    keep(question);
    waiting.send();
  });
  form.addEventListener("submit", turn);
  addEventListener("popstate", function (event) {
    show((event.state && event.state.screen) || first);
  });

  const first = here();
  waiting.given().forEach(function (one) {
    const section = Array.from(form.querySelectorAll("[data-instrument]")).filter((part) => part.dataset.instrument === one.instrument);
    section.forEach(function (part) {
      const question = questions(part).find((each) => each.dataset.item === one.item);
      if (!question) return;
      const rating = one.value && typeof one.value === "object" ? one.value.rating : one.value;
      const words = question.querySelector("input:not([type=radio], [type=checkbox])");
      if (words && one.value.text) words.value = one.value.text;
      if (question.dataset.kind === "tick") question.querySelector("input").checked = Boolean(rating);
      else question.querySelectorAll("input[type=radio]").forEach((each) => (each.checked = Number(each.value) === rating));
    });
  });
  waiting.send();
})();
