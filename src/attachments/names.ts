/** As many characters as attachments.name holds. */
const LONGEST = 150

// Control and format characters disguise names (a right-to-left mark makes "gpj.exe" look like "exe.jpg").
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
// What Windows does not accept in names.
const RESERVED = /[<>:"|?*]/g

/**
 * The name under which a file is kept and offered, whatever its sender called it.
 * @returns '' when nothing usable is left
 */
export function cleanName(sent: string): string {
  const visible = sent.normalize('NFC').replace(INVISIBLE, '')
  const last = visible.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .replace(RESERVED, '_')
    .replace(/\s+/g, ' ')
    // Dots and blanks at the ends hide a file or its extension.
    .replace(/^[. ]+|[. ]+$/g, '')
  return shortened(plain)
}

/** The extension survives, for it says what the file is. */
function shortened(name: string): string {
  const characters = [...name]
  if (characters.length <= LONGEST) return name
  const extension = [...(/\.[^.]{1,20}$/.exec(name)?.[0] ?? '')]
  return [...characters.slice(0, LONGEST - extension.length - 1), '…', ...extension].join('')
}
