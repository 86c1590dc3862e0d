/* A survey, answered: each answer is sent as it is given, and screens change without a new page.
   Without a connection answers wait on this device: numbers and the patient's own words for activities, without a
   name and without the questions. What was sent is deleted here at once; what nobody could send, after two weeks. */
(function () {
  "use strict";
  const form = document.getElementById("answers");
  if (!form) return;
  const PREFIX = "enthesis-waiting-";
  const KEY = PREFIX + mark(location.pathname);
  const AGE = 14 * 24 * 3600 * 1000;
  const RETRY = 15000;
  const last = Number(form.dataset.of);
  const state = document.getElementById("state");
  const note = document.getElementById("open");
  let waiting = { given: [], passed: [] };
  let busy = false;
  let ending = false;
  let warned = 0;
  let timer = 0;

  /* The address holds the secret of the link: only a mark of it names what waits. */
  function mark(text) {
    let sum = 2166136261;
    for (const letter of text) sum = Math.imul(sum ^ letter.codePointAt(0), 16777619) >>> 0;
    return sum.toString(36);
  }
  function read() {
    try {
      Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach(function (key) {
        const old = JSON.parse(localStorage.getItem(key));
        if (!old.given.some((one) => Date.now() - one.at < AGE)) localStorage.removeItem(key);
      });
      return JSON.parse(localStorage.getItem(KEY)) || waiting;
    } catch (error) {
      return waiting;
    }
  }
  function store() {
    try {
      if (empty()) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, JSON.stringify(waiting));
    } catch (error) {
      /* A browser that keeps nothing: answers wait in this page only. */
    }
  }
  function empty() {
    return !waiting.given.length && !waiting.passed.length;
  }
  function say(text) {
    if (state.textContent !== text) state.textContent = text;
  }

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
    waiting.given = waiting.given.filter((one) => one.instrument !== instrument || one.item !== item);
    waiting.given.push({ instrument: instrument, item: item, value: value, at: Date.now() });
    store();
  }

  function send() {
    if (busy) return;
    if (empty()) {
      if (ending) leave();
      return;
    }
    busy = true;
    clearTimeout(timer);
    const sent = { given: waiting.given.slice(), passed: waiting.passed.slice() };
    const given = sent.given.map((one) => ({
      instrument: one.instrument, item: one.item, value: one.value, ago: Math.max(0, (Date.now() - one.at) / 1000),
    }));
    fetch(location.pathname, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      body: JSON.stringify({ given: given, passed: sent.passed }),
    }).then(function (answer) {
      busy = false;
      if (answer.ok || answer.status === 422) {
        waiting.given = waiting.given.filter((one) => !sent.given.includes(one));
        waiting.passed = waiting.passed.filter((one) => !sent.passed.includes(one));
        store();
        if (empty()) say(answer.ok ? form.dataset.kept : "");
        send();
      } else if (answer.status === 410) {
        waiting = { given: [], passed: [] };
        ending = false;
        store();
        say(form.dataset.gone);
      } else {
        later();
      }
    }, function () {
      busy = false;
      later();
    });
  }
  function later() {
    say(ending ? form.dataset.end : form.dataset.waiting);
    timer = setTimeout(send, RETRY);
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
    if (ending) return;
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
    waiting.passed = waiting.passed.concat(screenAt(number).dataset.ends.split(" ").filter(Boolean));
    store();
    if (number === last) ending = true;
    else open(number + 1);
    send();
  }

  form.addEventListener("change", function (event) {
    const question = event.target.closest("[data-item]");
    if (!question) return;
    if (!isOpen(question)) question.classList.remove("open");
    keep(question);
    send();
  });
  form.addEventListener("submit", turn);
  addEventListener("online", send);
  addEventListener("popstate", function (event) {
    show((event.state && event.state.screen) || first);
  });

  const first = here();
  waiting = read();
  waiting.given.forEach(function (one) {
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
  send();
})();
