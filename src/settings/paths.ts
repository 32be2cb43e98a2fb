import type { SectionName } from './sections.ts'

export const paths = {
  settings: '/administracion/ajustes',
  section: (name: SectionName) => `/administracion/ajustes/${name}`,
  /** The card of a section on the page. */
  card: (name: SectionName) => `/administracion/ajustes#${name}`,
  stylesheet: (hash: string) => `/organizacion/${hash}.css`,
  logo: (hash: string) => `/organizacion/${hash}.webp`,
}
