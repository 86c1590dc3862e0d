/* Answers on their way: each is sent as it is given. Without a connection they wait on this device: the marks of
   questions with what was answered, without a name and without the words of a question. What was sent is deleted here
   at once; what nobody could send, after two weeks. */
window.Waiting = function (form, on) {
  "use strict";
  const PREFIX = "enthesis-waiting-";
  const KEY = PREFIX + mark(location.pathname);
  const AGE = 14 * 24 * 3600 * 1000;
  const RETRY = 15000;
  const state = document.getElementById("state");
  let waiting = { given: [], passed: [] };
  let busy = false;
  let ended = 0;
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
  function send() {
    if (busy) return;
    if (empty()) {
      if (ended) on.sent((Date.now() - ended) / 1000);
      return;
    }
    busy = true;
    clearTimeout(timer);
    const sent = { given: waiting.given.slice(), passed: waiting.passed.slice() };
    const given = sent.given.map((one) => ({
      instrument: one.instrument, item: one.item, value: one.value, ago: Math.max(0, (Date.now() - one.at) / 1000),
    }));
    fetch(location.pathname + location.search, {
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
        if (answer.ok && on.kept) answer.json().then(on.kept, function () {});
        send();
      } else if (answer.status === 410) {
        waiting = { given: [], passed: [] };
        ended = 0;
        store();
        say(form.dataset.gone);
        if (on.lost) on.lost();
      } else {
        later();
      }
    }, function () {
      busy = false;
      later();
    });
  }
  function later() {
    say(ended ? form.dataset.end : form.dataset.waiting);
    if (on.lost) on.lost();
    timer = setTimeout(send, RETRY);
  }

  addEventListener("online", send);
  waiting = read();
  return {
    given: () => waiting.given,
    ending: () => ended > 0,
    keep: function (instrument, item, value) {
      waiting.given = waiting.given.filter((one) => one.instrument !== instrument || one.item !== item);
      waiting.given.push({ instrument: instrument, item: item, value: value, at: Date.now() });
      store();
    },
    pass: function (forms) {
      waiting.passed = waiting.passed.concat(forms);
      store();
    },
    end: function () {
      ended = Date.now();
    },
    send: send,
  };
};
