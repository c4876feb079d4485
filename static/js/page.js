// What several scripts do with a page.
export const byId = (id) => document.getElementById(id);
export const show = (id, shown = true) => { byId(id).hidden = !shown; };
// The page that a reply brought, which nobody sees yet.
export const parsed = async (reply) => new DOMParser().parseFromString(await reply.text(), "text/html");
// The addresses of a page's styles and scripts.
export const partsOf = (page) => [...page.querySelectorAll("link[rel=stylesheet], script[src]")].map((part) => part.href || part.src);
