import type { Operation } from './service';

/** How the editor lists the operation that every service has. */
export function deactivateOption(description: string): Operation['option'] {
	return { name: 'Deactivate', value: 'deactivate', action: 'Deactivate a user', description };
}
