/** The addresses of the people of a benchmark, with an asterisk for their number. */
export const ADDRESS_PATTERN = 'person.*@example.org';

/** The address of a person, numbered from 0. */
export function addressOf(number: number): string {
	return ADDRESS_PATTERN.replace('*', String(number));
}
