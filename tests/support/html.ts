const signs: Record<string, string> = { lt: '<', gt: '>', amp: '&', '#34': '"', '#39': "'" }

/** A value as a browser reads it out of the text of a page. */
export const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|amp|#34|#39);/g, (_, name) => signs[name] ?? '')

/** The fields of the form that a page offers to send again. */
export function fieldsSentAgain(html: string): Record<string, string> {
  const fields = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)" autocomplete="off">/g)
  return Object.fromEntries([...fields].map(([, name = '', value = '']) => [name, unescaped(value)]))
}
