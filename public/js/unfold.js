/** A link to an entry that a long bitácora has folded away leads on to the page that shows all of it. */
const fold = document.querySelector('a[data-unfold]')

function follow() {
  const wanted = location.hash.slice(1)
  if (!/^entrada-\d+$/.test(wanted) || document.getElementById(wanted)) return
  const whole = new URL(fold.href)
  whole.hash = wanted
  location.replace(whole)
}

if (fold) {
  follow()
  window.addEventListener('hashchange', follow)
}
