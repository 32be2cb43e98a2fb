// Any address would do: it only has to differ from what a stranger writes.
const OWN = 'http://own.invalid'

/**
 * A path of our own origin to go on to, whatever somebody wrote into a link.
 * @returns the path with its query, or '/' for anything that leads elsewhere
 */
export function ownPath(wanted: string): string {
  // Browsers read "\" as "/" and drop tabs and line feeds, so that "/\evil" and "/<tab>/evil" leave the site.
  if (!wanted.startsWith('/') || /[\\\p{Cc}]/u.test(wanted) || !URL.canParse(wanted, OWN)) return '/'
  const url = new URL(wanted, OWN)
  // "/.//evil" is resolved to "//evil", which a browser takes for another host.
  const own = url.origin === OWN && !url.pathname.startsWith('//')
  return own ? url.pathname + url.search + url.hash : '/'
}
