// @ts-check
// Text that doesn't fit: what is wider than the page, or than its own box.

/** Elements of the page that overflow it or are cut off at its sides, or whose text is wider than they are by more than a space. `pre` and its content may scroll. Ends in a list of lines. */
export const overflowing = `
  const hasText = (element) => element.clientWidth && !element.matches("select, textarea") && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const wide = document.documentElement.clientWidth; // on a phone innerWidth includes overflowing content
  const out = document.documentElement.scrollWidth > wide ? ["the page is " + document.documentElement.scrollWidth + " px wide"] : [];
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("pre, svg, iframe, backup-check, .live") || !element.checkVisibility()) continue;
    const { left, right, width } = element.getBoundingClientRect();
    if (width && (left < -0.5 || right > wide + 0.5)) out.push(element.outerHTML.slice(0, 120) + " from " + left + " to " + right);
    else if (hasText(element) && element.scrollWidth > element.clientWidth + 5) out.push(element.outerHTML.slice(0, 120) + " has " + element.scrollWidth + " px of text in " + element.clientWidth);
  }
  return out;`;
