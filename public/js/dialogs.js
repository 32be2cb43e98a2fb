/**
 * A link with data-dialog opens the form of its page as a dialog here; without this module it leads to that page.
 * A refused form (422) and error pages show inside the dialog; success reloads the page below, which tells what happened.
 */
import { release } from './busy.js'
import { dialogContent } from './dialog-content.js'
import { isUnsent } from './leave-warning.js'

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-dialog]')
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  open(link)
})

async function open(link) {
  const { href } = link
  // A dialog that was closed over typed text is still there, with the text.
  const kept = [...document.querySelectorAll('dialog')].find(each => each.dataset.source === href)
  if (kept) return kept.hasChildNodes() && !kept.open && kept.showModal()
  const dialog = document.createElement('dialog')
  dialog.className = 'dialog'
  dialog.dataset.source = href
  document.body.append(dialog)
  const response = await fetch(href).catch(() => null)
  if (!response?.ok || response.redirected) return location.assign(href)
  fill(dialog, await response.text())
  dialog.addEventListener('submit', submit)
  dialog.addEventListener('close', () => {
    // A link in a menu is folded away by now, and only its menu can take the focus back.
    ;(link.checkVisibility() ? link : link.closest('details')?.querySelector('summary'))?.focus()
    if (![...dialog.querySelectorAll('form')].some(isUnsent)) dialog.remove()
  })
  dialog.showModal()
}

function fill(dialog, html) {
  dialog.replaceChildren(...dialogContent(html, () => dialog.close()))
  dialog.setAttribute('aria-label', dialog.querySelector('h1')?.textContent.trim() ?? '')
  dialog.querySelector('[role="alert"]:not([hidden])')?.focus()
}

async function submit(event) {
  const [dialog, form] = [event.currentTarget, event.target]
  if (form.getAttribute('method') !== 'post') return
  event.preventDefault()
  const action = new URL(form.getAttribute('action') ?? '', dialog.dataset.source)
  const fields = new FormData(form, event.submitter)
  const body = form.enctype === 'multipart/form-data' ? fields : new URLSearchParams(fields)
  try {
    const response = await fetch(action, { method: 'POST', body, redirect: 'manual' })
    if (response.type !== 'opaqueredirect') return fill(dialog, await response.text())
    dialog.remove()
    location.assign(location.pathname + location.search)
  } catch {
    release(form)
    form.querySelector('[data-dialog-failure]').hidden = false
  }
}
