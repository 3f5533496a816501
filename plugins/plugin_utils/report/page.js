(function () {
  "use strict";
  var root = document.documentElement, box = document.getElementById("filter"), status = document.getElementById("shown");
  var hosts = Array.prototype.slice.call(document.querySelectorAll(".host")), groups = Array.prototype.slice.call(document.querySelectorAll(".group"));
  var texts = hosts.map(function (host) { return (host.dataset.words + " " + host.firstElementChild.textContent).toLowerCase(); });
  var opened = groups.map(function (group) { return group.open; });

  function filter() {
    var words = box.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    hosts.forEach(function (host, at) {
      host.hidden = !words.every(function (word) { return texts[at].indexOf(word) >= 0; });
      if (!host.hidden) { shown += 1; }
    });
    groups.forEach(function (group, at) {
      var some = group.querySelectorAll(".host:not([hidden])").length;
      group.hidden = !some;
      group.open = words.length ? some <= 25 : opened[at];
    });
    status.textContent = words.length ? shown + " of " + hosts.length + (hosts.length === 1 ? " host" : " hosts") : "";
  }

  box.addEventListener("input", filter);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && document.activeElement === box) { box.value = ""; filter(); }
  });
  document.addEventListener("click", function (event) {
    var asked = event.target.closest("[data-filter]"), copy = event.target.closest("[data-copy]");
    if (asked) {
      event.preventDefault();
      box.value = asked.dataset.filter;
      filter();
      document.getElementById("hosts").scrollIntoView();
      box.focus({ preventScroll: true });
    }
    if (copy) {
      var text = copy.parentElement.querySelector("code").textContent;
      var done = function () { copy.textContent = "Copied"; setTimeout(function () { copy.textContent = "Copy"; }, 1500); };
      var byHand = function () {
        var range = document.createRange();
        range.selectNodeContents(copy.parentElement.querySelector("code"));
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        if (document.execCommand("copy")) { done(); }
      };
      if (navigator.clipboard && isSecureContext) { navigator.clipboard.writeText(text).then(done, byHand); } else { byHand(); }
    }
  });

  var theme = document.getElementById("theme"), kept = null;
  try { kept = localStorage.getItem("winops.rdp.theme"); } catch (error) { kept = null; }
  if (kept === "dark" || kept === "light") { root.dataset.theme = kept; }
  theme.addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("winops.rdp.theme", root.dataset.theme); } catch (error) { /* a page from a file may have no storage */ }
  });

  Array.prototype.forEach.call(document.querySelectorAll("[data-script]"), function (element) { element.hidden = false; });
  filter();
}());
