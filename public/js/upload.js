/** Sends a form with files and shows how far it is. A refused form takes the place of the page and keeps its files. */
import { release } from './busy.js'
import { leaveFor } from './leave-warning.js'
import { progressBar } from './progress-bar.js'

const FAILED = 'No se pudo enviar. Revise su conexión e intente de nuevo.'
const UNAVAILABLE = 'El sistema no pudo atenderle. Espere unos segundos y envíe otra vez.'
const SIGNED_OUT = 'Su sesión terminó. Ingrese en otra pestaña y envíe de nuevo.'

/** @param enhance makes the file input of the page that comes back into a list again */
export function sendWithProgress(event, input, enhance) {
  const form = event.target
  event.preventDefault()
  const bar = progressBar(form)
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  // The answer then names the page to go on to, instead of leading there itself.
  request.setRequestHeader('X-Destino', 'si')
  request.upload.addEventListener('progress', ({ loaded, total }) => bar.show(loaded / total))
  request.addEventListener('load', () => {
    const { status } = request
    const destination = request.getResponseHeader('Location')
    if (status === 204 && destination) return goTo(destination)
    // Led elsewhere: to the page to sign in.
    if (status === 401 || request.responseURL !== form.action) return fail(form, bar, SIGNED_OUT)
    // That page could not keep the files; this one does.
    if (status === 503) return fail(form, bar, UNAVAILABLE)
    const page = new DOMParser().parseFromString(request.responseText, 'text/html')
    // Refused before it was read: its page has neither the texts nor the files.
    if (status === 403 || status === 404) return fail(form, bar, page.querySelector('main h1 + p')?.textContent.trim())
    if (!showRefused(page, input.files, enhance)) fail(form, bar)
  })
  for (const failure of ['error', 'timeout', 'abort']) request.addEventListener(failure, () => fail(form, bar))
  request.send(new FormData(form, event.submitter))
}

// Only what comes after the # may differ from the page that is open: the browser would not load it again.
function goTo(href) {
  const target = new URL(href, location.href)
  const same = target.pathname === location.pathname && target.search === location.search
  leaveFor(href)
  if (same) location.reload()
}

function showRefused(page, files, enhance) {
  const main = page.querySelector('main')
  if (!main) return false
  document.title = page.title
  document.querySelector('main').replaceWith(main)
  const input = document.querySelector('main [data-files] input[type="file"]')
  if (input) input.files = files
  enhance(document)
  document.querySelector('.files-notice')?.remove()
  document.querySelector('main [role="alert"]')?.focus()
  return true
}

function fail(form, bar, reason = FAILED) {
  release(form)
  bar.say(`${reason} Lo que escribió y eligió sigue aquí.`)
}
