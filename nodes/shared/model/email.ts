import { z } from 'zod';

/** RFC 5321, 4.5.3.1.3, less the angle brackets. */
const MAX_LENGTH = 254;

/** One @, something on both sides, and nothing that cannot stand in an address unquoted. */
const ADDRESS = /^[^\s@"<>()[\]\\,;:\p{Cc}\p{Cf}\p{Cs}]+@[^\s@"<>()[\]\\,;:\p{Cc}\p{Cf}\p{Cs}]+$/u;

/** One e-mail address, as it was given but for white space around it. */
export const emailSchema = z
	.string()
	.max(MAX_LENGTH, 'is too long')
	.regex(ADDRESS, 'is not an email address');
