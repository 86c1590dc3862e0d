/* Answers typed from paper or told by phone: Enter moves to the next question, and with Shift to the one before. */
(function () {
  "use strict";
  const form = document.getElementById("enter");
  if (!form) return;
  const fields = Array.from(form.querySelectorAll(".typed input"));
  form.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !fields.includes(event.target)) return;
    event.preventDefault();
    const next = fields.indexOf(event.target) + (event.shiftKey ? -1 : 1);
    const to = fields[next] || (event.shiftKey ? fields[0] : form.querySelector('button[type="submit"]'));
    to.focus();
    if (to.select) to.select();
  });
})();
