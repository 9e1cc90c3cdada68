# CPU by default; for CUDA: docker build --build-arg TORCH_INDEX=<address of another torch index> .
FROM python:3.11-slim

ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PYTHONUNBUFFERED=1 \
    REPLEARN_HOST=0.0.0.0 \
    REPLEARN_PORT=7860 \
    REPLEARN_CACHE_DIR=/home/user/cache

RUN useradd --create-home --uid 1000 user
WORKDIR /home/user/app
COPY requirements.txt .
RUN pip install --no-cache-dir torch torchvision --index-url "$TORCH_INDEX" \
    && pip install --no-cache-dir -r requirements.txt
COPY --chown=user . .
USER user
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:7860/', timeout=4)"
CMD ["python", "app.py"]
