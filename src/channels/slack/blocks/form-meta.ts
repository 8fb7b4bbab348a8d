import { z } from 'zod';

const ofCase = z.object({ caseId: z.string().min(1) });
const ofVersion = ofCase.extend({ version: z.number().int() });
const ofRequest = ofCase.extend({ request: z.string().min(1) });
const ofDraft = z.object({ draft: z.string().min(1), caseId: z.string().min(1) });

/** What our forms carry in `private_metadata`. Each throws on anything that we did not put there. */
export const caseMeta = (meta: string): z.infer<typeof ofCase> => ofCase.parse(JSON.parse(meta));
export const versionMeta = (meta: string): z.infer<typeof ofVersion> => ofVersion.parse(JSON.parse(meta));
export const draftMeta = (meta: string): z.infer<typeof ofDraft> => ofDraft.parse(JSON.parse(meta));
export const requestMeta = (meta: string): z.infer<typeof ofRequest> => ofRequest.parse(JSON.parse(meta));
