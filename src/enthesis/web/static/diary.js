/* The diary of a day: each tap is sent and judged as it is given (waiting.js). What needs help now is said at once, and
   a yes that could not be sent never looks as if somebody had heard it. */
(function () {
  "use strict";
  const form = document.getElementById("answers");
  if (!form) return;
  const OTHER = "anything_else";
  const YES_NO = { yes: true, no: false };
  const part = (id) => document.getElementById(id);
  const waiting = window.Waiting(form, { sent: leave, kept: told, lost: unheard });

  function chosen(item) {
    const tapped = form.querySelector('input[name="' + item + '"]:checked');
    return tapped ? tapped.value : "";
  }
  function valueOf(question) {
    const value = chosen(question.dataset.item);
    if (question.dataset.kind === "scale") return Number(value);
    return question.dataset.kind === "yes-no" ? YES_NO[value] : value;
  }
  function told(answer) {
    part("unheard").hidden = true;
    if (!answer.grave) return;
    const lines = answer.words.map(function (words) {
      const line = document.createElement("p");
      line.textContent = words;
      return line;
    });
    part("verdict").replaceChildren(part("heading").content.cloneNode(true), ...lines);
    if (part("call")) part("call").hidden = false;
  }
  function unheard() {
    const worry = form.querySelector('fieldset[data-kind="yes-no"] input[value="yes"]:checked') || Number(chosen("pain")) >= 7;
    if (!worry) return;
    part("unheard").hidden = false;
    if (part("call")) part("call").hidden = false;
  }
  function leave(seconds) {
    form.elements.ago.value = seconds;
    form.removeEventListener("submit", end);
    form.requestSubmit();
  }
  function end(event) {
    event.preventDefault();
    if (waiting.ending()) return;
    const marked = form.querySelector('fieldset[data-kind="yes-no"] input[value="yes"]:checked');
    const open = !chosen("pain") || !chosen(OTHER);
    part("open").hidden = !open;
    part("mark").hidden = open || chosen(OTHER) === "no" || Boolean(marked);
    if (!part("open").hidden || !part("mark").hidden) return;
    waiting.end();
    waiting.pass(["diary"]);
    waiting.send();
  }

  form.addEventListener("change", function (event) {
    const question = event.target.closest("[data-item]");
    if (!question) return;
    question.classList.remove("open");
    if (question.dataset.item === OTHER && chosen(OTHER) === "yes") part("listed").open = true;
    waiting.keep("diary", question.dataset.item, valueOf(question));
    waiting.send();
  });
  form.addEventListener("submit", end);

  waiting.given().forEach(function (one) {
    const value = typeof one.value === "boolean" ? (one.value ? "yes" : "no") : String(one.value);
    const input = form.querySelector('input[name="' + one.item + '"][value="' + value + '"]');
    if (input) input.checked = true;
  });
  if (chosen(OTHER) === "yes") part("listed").open = true;
  waiting.send();
})();
