/** The files that a form will send: the input itself holds them, this shows them and takes them out. */
const UNITS = ['bytes', 'KB', 'MB', 'GB']

function sizeOf(bytes) {
  const power = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return `${(bytes / 1024 ** power).toLocaleString(document.documentElement.lang, { maximumFractionDigits: power ? 1 : 0 })} ${UNITS[power]}`
}

const sameFile = (one, other) =>
  one.name === other.name && one.size === other.size && one.lastModified === other.lastModified

/** @param limits in bytes and number of files; what is over them is not taken in, and a message says so */
export function fileList(input, { maxBytes, maxFiles }) {
  let files = [...input.files]
  const list = document.createElement('ul')
  list.className = 'files-list'
  const message = document.createElement('p')
  message.className = 'field-error'
  message.role = 'status'
  const element = document.createElement('div')
  element.append(message, list)

  function show() {
    const transfer = new DataTransfer()
    for (const file of files) transfer.items.add(file)
    input.files = transfer.files
    list.replaceChildren(...files.map(row))
  }

  function row(file) {
    const [item, name, size, button] = ['li', 'bdi', 'span', 'button'].map(tag => document.createElement(tag))
    name.textContent = file.name
    size.textContent = sizeOf(file.size)
    button.type = 'button'
    button.className = 'btn btn-sm'
    button.textContent = 'Quitar'
    button.ariaLabel = `Quitar ${file.name}`
    button.addEventListener('click', () => {
      files = files.filter(each => each !== file)
      message.textContent = ''
      show()
      input.focus()
    })
    item.append(name, size, button)
    return item
  }

  function add(chosen) {
    const large = [...chosen].filter(file => file.size > maxBytes)
    const fresh = [...chosen].filter(file => file.size <= maxBytes && !files.some(each => sameFile(each, file)))
    const room = Math.max(0, maxFiles - files.length)
    files = [...files, ...fresh.slice(0, room)]
    message.textContent = [
      ...large.map(({ name, size }) => `«${name}» pesa ${sizeOf(size)}: el máximo es ${sizeOf(maxBytes)} por archivo.`),
      ...(fresh.length > room ? [`Se aceptan ${maxFiles} archivos por envío.`] : []),
    ].join(' ')
    show()
  }

  show()
  return { element, add }
}
