import { z } from 'zod';
import { deviceFaultSchema, deviceNames } from './device.ts';
import { packIdSchema } from './ids.ts';

/** Whether shots can be made, and if not, what stands in the way until the editor does something about it. */
export const generatorSchema = z.discriminatedUnion('kind', [
  /** As far as is known: a shot may show otherwise. */
  z.object({ kind: z.literal('ready') }),
  /** Its process stopped three times within five minutes, last over a shot on this device: it is not started any more. */
  z.object({ kind: z.literal('off'), device: z.enum(deviceNames), crashCount: z.number().int() }),
  /** A shot was asked for, and its device, chosen or the only one its pack was made for, cannot be used. */
  z.object({
    kind: z.literal('no-device'),
    packId: packIdSchema,
    packName: z.string(),
    device: z.enum(deviceNames),
    fault: deviceFaultSchema,
    /** Whether that pack was made for the processor, too. */
    hasProcessor: z.boolean(),
  }),
]);
export type Generator = z.infer<typeof generatorSchema>;
