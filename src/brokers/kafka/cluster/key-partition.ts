/** Which partition of a coordinator's topic a group or a transactional id belongs to: Java's hash of the text (Utils.abs(hashCode) % n). */
export function keyPartition(key: string, count: number): number {
  let hash = 0;
  for (let index = 0; index < key.length; index++) hash = (Math.imul(hash, 31) + key.charCodeAt(index)) | 0;
  return (hash & 0x7fffffff) % count;
}
