export function closeGallery(): void {}
