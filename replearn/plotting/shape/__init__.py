"""Shape against texture."""
