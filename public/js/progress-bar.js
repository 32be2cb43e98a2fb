/** Shows below the file list of a form how much of it has arrived. */
export function progressBar(form) {
  form.querySelector('.files-progress')?.remove()
  const [box, text, bar] = ['div', 'p', 'progress'].map(tag => document.createElement(tag))
  box.className = 'files-progress'
  text.role = 'status'
  text.textContent = 'Enviando los archivos…'
  bar.ariaLabel = 'Envío de los archivos'
  box.append(text, bar)
  form.querySelector('[data-files]').append(box)
  return {
    show(part) {
      bar.value = part
      if (part >= 1) text.textContent = 'Guardando…'
    },
    say: words => box.replaceChildren(Object.assign(text, { textContent: words, className: 'field-error' })),
  }
}
