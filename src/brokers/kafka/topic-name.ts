/** Topic.java LEGAL_CHARS and MAX_NAME_LENGTH. */
const legalName = /^[a-zA-Z0-9._-]{1,249}$/;

export function isLegalTopicName(name: string): boolean {
  return legalName.test(name) && name !== '.' && name !== '..';
}
