/** The name of a file in the storage; the id makes sure that it never comes back. */
export const storedName = ({ id, sha256 }: { id: number; sha256: string }): string => `${sha256}.${id}`
