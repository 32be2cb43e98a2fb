/**
 * Lets the questions of a survey be dragged to their place; where one is dropped, its own form for moving is sent. Its buttons do
 * the same without this module, with the keyboard and on touch screens.
 */
const list = document.querySelector('[data-question-order]')

if (list) {
  let dragged = null
  const items = () => [...list.children]

  for (const item of items()) item.draggable = true

  list.addEventListener('dragstart', event => {
    dragged = event.target.closest('.question-item')
    event.dataTransfer.effectAllowed = 'move'
    event.dataTransfer.setData('text/plain', '')
    dragged.classList.add('question-dragged')
  })

  list.addEventListener('dragover', event => {
    if (!dragged) return
    event.preventDefault()
    const over = event.target.closest('.question-item')
    if (!over || over === dragged) return
    const { top, height } = over.getBoundingClientRect()
    const upper = event.clientY < top + height / 2
    over[upper ? 'before' : 'after'](dragged)
  })

  list.addEventListener('drop', event => {
    if (!dragged) return
    event.preventDefault()
    send(dragged, items().indexOf(dragged) + 1)
  })

  const places = new Map(items().map((item, index) => [item, index + 1]))

  // Let go outside, everything returns to where it was.
  list.addEventListener('dragend', () => {
    dragged?.classList.remove('question-dragged')
    dragged = null
    if (!list.dataset.sent) list.append(...places.keys())
  })

  function send(item, place) {
    if (places.get(item) === place) return
    list.dataset.sent = ''
    const form = item.querySelector('form[data-move]')
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name: 'posicion', value: place })
    form.append(field)
    form.requestSubmit()
  }
}
