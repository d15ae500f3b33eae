import type { Service } from '../shared/users/service';

/** What a field or a method of a service's own node is called in the node for all of them. */
export function nameFor({ name }: Pick<Service, 'name'>, ofService: string): string {
	return `${name}${ofService.charAt(0).toUpperCase()}${ofService.slice(1)}`;
}

/** Fields that all services share, under the name that each knows them by. */
export const SHARED_FIELDS: ReadonlySet<string> = new Set(['operation', 'options']);

/** How the field of a service that names the user is filled from the email of the person. */
export const USER_FIELDS: ReadonlyMap<string, (email: unknown) => unknown> = new Map([
	['email', (email: unknown) => email],
	['userId', (email: unknown) => ({ mode: 'email', value: email })],
]);
