/** Closes an open <details data-menu> when the person goes elsewhere: a click or the focus outside it, or Escape. */
const openMenus = () => document.querySelectorAll('details[data-menu][open]')

function closeOthers(event) {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false
}

document.addEventListener('click', closeOthers)
document.addEventListener('focusin', closeOthers)
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return
  for (const menu of openMenus()) {
    menu.open = false
    menu.querySelector('summary').focus()
  }
})
