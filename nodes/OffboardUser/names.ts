import type { Service } from '../shared/users/service';

/** The name in this node of a field or method of a service's own node. */
export function nameFor({ name }: Pick<Service, 'name'>, ofService: string): string {
	return `${name}${ofService.charAt(0).toUpperCase()}${ofService.slice(1)}`;
}

/** Fields that all services share, under the same name. */
export const SHARED_FIELDS: ReadonlySet<string> = new Set(['operation', 'options']);

/** How the email of the person fills the field of a service that names the user. */
export const USER_FIELDS: ReadonlyMap<string, (email: unknown) => unknown> = new Map([
	['email', (email: unknown) => email],
	['userId', (email: unknown) => ({ mode: 'email', value: email })],
]);
