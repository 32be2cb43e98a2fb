/** One thing that can become of what a page of the administration is about: archived, restored, deleted. */
export interface LifecycleAction {
  /** Tells the buttons of a page apart. */
  name: string
  label: string
  icon: string
  /** What it means, in a sentence or two. */
  help: string
  href: string
  /** Hidden fields besides the key, such as the version. */
  fields: Record<string, string>
  tone: 'plain' | 'danger'
  /** Why it is not possible now, and where that can be changed; null when it is possible. */
  withheld: null | { reason: string; link: { label: string; href: string } | null }
}
