// What the theme leaves undone for those who use a keyboard or a screen reader: code and tables that are wider than the page
// can be scrolled with the keys, and no two landmarks have the same name.
const named = (selector, name) => document.querySelectorAll(selector).forEach((nav, k) => {
  const label = `${name} ${k + 1}`;
  if (nav.getAttribute("aria-label") === label) return;
  nav.removeAttribute("aria-labelledby");
  nav.setAttribute("aria-label", label);
});
const mend = () => {
  document.querySelectorAll("pre > code, .md-typeset__scrollwrap").forEach((wide) => { wide.tabIndex = 0; });
  named("nav.md-code__nav", "Code");
  named("nav.md-nav--primary nav.md-nav", "Pages, part");
};
new MutationObserver(mend).observe(document.documentElement, { childList: true, subtree: true });
mend();
