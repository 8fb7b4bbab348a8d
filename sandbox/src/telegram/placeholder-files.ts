const onePixelJpeg =
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=';

/** Bytes for a file of which only its existence matters: a picture, a sound, a paper. */
export const placeholderBytes = (folder: 'photos' | 'voice' | 'documents'): Uint8Array => {
  if (folder === 'photos') return Buffer.from(onePixelJpeg, 'base64');
  return Buffer.from(folder === 'voice' ? 'OggS' : '%PDF-1.4\n%%EOF\n');
};
