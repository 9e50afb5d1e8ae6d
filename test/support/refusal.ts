/** An error as the command prints it. */
export interface Refusal {
  readonly what: string;
  readonly where: string;
  readonly fix: string;
}

/** What the command says on standard error, places without the folder. */
export function refusalOf(error: string, folder: string): Refusal {
  const [, what = '', where = '', fix = ''] = /^(.*?)(?:\n {2}at: (.*?))?\n {2}fix: (.*?)\n$/s.exec(error) ?? [];
  const local = (text: string): string => text.replaceAll(`${folder}/`, '');
  return { what: local(what), where: local(where), fix: local(fix) };
}
