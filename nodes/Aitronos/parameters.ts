import { text, type Parameter } from '../shared/parameters';
import { pathSegment, type PathSegment } from '../shared/path';

/** Ids are a prefix that tells the kind of thing, and letters and digits. */
function prefixedId(prefix: string) {
	return text(
		pathSegment(
			new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,128}$`),
			`must be an ID that starts with ${prefix}_`,
		),
	);
}

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const organizationId: Parameter<PathSegment> = {
	property: {
		displayName: 'Organization ID',
		name: 'organizationId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. org_abc123',
		description: 'ID of the organization that the user leaves',
	},
	schema: prefixedId('org'),
};

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const userId: Parameter<PathSegment> = {
	property: {
		displayName: 'User ID',
		name: 'userId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. usr_abc123',
		description:
			'ID of the user. It starts with usr_; the ID of the membership (orguser_) is another.',
	},
	schema: prefixedId('usr'),
};

/** @see https://docs.aitronos.com/docs/api-reference/users/deactivate.md */
export const transferResourcesToDepartmentId: Parameter<PathSegment> = {
	property: {
		displayName: 'Transfer Resources to Department ID',
		name: 'transferResourcesToDepartmentId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. dept_abc123',
		description:
			"ID of the department that gets what belongs to the user. Choose it with care: a later reactivation is not known to bring the user's resources back.",
	},
	schema: prefixedId('dept'),
};
