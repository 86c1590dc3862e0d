/* A signature drawn in a box: strokes become the path of a small drawing, and the typed name stays enough without it. */
(function () {
  "use strict";
  const box = document.querySelector(".signature");
  const field = document.querySelector("input[name=signature]");
  if (!box || !field) return;
  const canvas = box.querySelector("canvas");
  const pen = canvas.getContext("2d");
  let path = "";
  let down = false;
  box.hidden = false;
  pen.lineWidth = 3;
  pen.lineCap = "round";

  function at(event) {
    const frame = canvas.getBoundingClientRect();
    const x = Math.round(((event.clientX - frame.left) * canvas.width) / frame.width);
    const y = Math.round(((event.clientY - frame.top) * canvas.height) / frame.height);
    return [Math.min(Math.max(x, 0), canvas.width), Math.min(Math.max(y, 0), canvas.height)];
  }
  canvas.addEventListener("pointerdown", function (event) {
    const [x, y] = at(event);
    down = true;
    canvas.setPointerCapture(event.pointerId);
    pen.beginPath();
    pen.moveTo(x, y);
    path += "M" + x + " " + y;
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!down) return;
    const [x, y] = at(event);
    pen.lineTo(x, y);
    pen.stroke();
    path += "L" + x + " " + y;
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    canvas.addEventListener(name, function () {
      down = false;
      field.value = path;
    });
  });
  box.querySelector("button").addEventListener("click", function () {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    path = "";
    field.value = "";
  });
})();
