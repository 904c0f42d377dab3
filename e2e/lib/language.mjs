// What of a page is in which language.

/// Texts with a Vietnamese word that is no name (it begins small), outside what is marked as Vietnamese and
/// outside what people typed.
export function sentences(page) {
  return page.evaluate(() => {
    const { lang } = document.documentElement;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const element = node.parentElement;
      const apart = element.closest('textarea, script') || element.closest('[lang]').lang !== lang;
      const words = node.data.match(/\p{L}+/gu) ?? [];
      if (!apart && words.some((word) => /^\p{Ll}/u.test(word) && /[À-ÖØ-öø-ỹ]/.test(word))) {
        found.push(node.data.trim().replace(/\s+/g, ' '));
      }
    }
    return found;
  });
}
