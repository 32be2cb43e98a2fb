/** URLs of attachments; nothing else spells them. */
export const paths = {
  /** The name is there for whoever saves the file: which one it is the id alone says. */
  attachment: (id: number, name: string) => `/adjuntos/${id}/${encodeURIComponent(name)}`,
  thumbnail: (id: number) => `/adjuntos/${id}/miniatura`,
}
